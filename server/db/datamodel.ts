import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const FOLDER = path.resolve(import.meta.dirname, "../../prisma/schema");

/** The current data model: every file of prisma/schema, in one text. */
export function currentDatamodel(folder = FOLDER): string {
  const files = readdirSync(folder).filter((file) => file.endsWith(".prisma"));
  return files
    .sort()
    .map((file) => readFileSync(path.join(folder, file), "utf8").trim())
    .join("\n\n")
    .concat("\n");
}
