// Plain JavaScript, so that Node need not load its type stripper (16 MB) once the compile cache is warm.
import { enableCompileCache, flushCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

enableCompileCache(fileURLToPath(new URL("../../../node_modules/.cache/qkart", import.meta.url)));
await import("./main.ts");
flushCompileCache();
