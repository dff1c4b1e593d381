import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

/** SHA-256 over the names and contents of files and folders under `root`, tests left out. */
export function fingerprint(root: string, inputs: string[], salt = ""): string {
  const hash = createHash("sha256").update(salt);
  for (const file of inputs.flatMap((input) => filesOf(root, input)).sort()) {
    hash.update(`\0${file}\0`).update(readFileSync(path.join(root, file)));
  }
  return hash.digest("hex");
}

function filesOf(root: string, input: string): string[] {
  const full = path.join(root, input);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [input];
  const entries = globSync("**/*", { cwd: full, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries
    .filter(({ name }) => !/\.test\.tsx?$/.test(name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}
