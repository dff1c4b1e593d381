import { writeFile } from "node:fs/promises";
import path from "node:path";
import { renderSbom, sbomFile } from "./sbom/document.ts";
import { lockfileOf } from "./sbom/lockfile.ts";

/** `npm run sbom`: writes the bill of materials of what runs in production. A test fails while it is not current. */
const root = path.dirname(import.meta.dirname);
await writeFile(path.join(root, sbomFile), renderSbom(lockfileOf(root)));
console.log(`Wrote ${sbomFile}.`);
