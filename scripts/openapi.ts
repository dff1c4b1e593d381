import { writeFile } from "node:fs/promises";
import path from "node:path";
import { contractFile, openApiFile, renderContract, renderOpenApi } from "./openapi/documents.ts";

/** `npm run openapi`: writes the files that are made from the router. A test fails while they are not current. */
const root = path.dirname(import.meta.dirname);
await writeFile(path.join(root, openApiFile), await renderOpenApi());
await writeFile(path.join(root, contractFile), renderContract());
console.log(`Wrote ${openApiFile} and ${contractFile}.`);
