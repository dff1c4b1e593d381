import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fingerprint } from "./fingerprint.ts";
import { ROOT } from "./settings.ts";

const GENERATED = path.join(ROOT, "server", "db", "generated");
const STAMP = path.join(GENERATED, ".made-from");

function current(): string {
  return fingerprint(ROOT, ["prisma/schema", "prisma.config.ts", "node_modules/prisma/package.json"]);
}

/** Whether server/db/generated was made from this schema by this Prisma. */
export function isDatabaseClientFresh(): boolean {
  return existsSync(STAMP) && readFileSync(STAMP, "utf8") === current();
}

/** What to run for `prisma generate`, without the downloads that it would make first. */
export const GENERATE = {
  args: ["node_modules/prisma/build/index.js", "generate"],
  env: {
    // Generating needs no schema engine, yet Prisma fetches it over the network unless a file is named.
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    CHECKPOINT_DISABLE: "1",
  },
};

/** Notes from what the client was just made. */
export function markDatabaseClientFresh(): void {
  writeFileSync(STAMP, current());
}
