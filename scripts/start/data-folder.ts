import { mkdirSync } from "node:fs";
import path from "node:path";

/** Absolute paths of what the product keeps. */
export type DataFolder = { root: string; postgres: string; logs: string; run: string };

/** Makes DATA_DIR, which nobody else may read, and what is in it. */
export function prepareDataFolder(dataDir: string): DataFolder {
  const root = path.resolve(dataDir);
  const inside = (name: string) => path.join(root, name);
  const folders = { root, postgres: inside("postgres"), logs: inside("logs"), run: inside("run") };
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folders;
}
