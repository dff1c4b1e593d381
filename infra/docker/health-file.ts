import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Health } from "./commands.ts";

/** What the entry leaves for the health check, which is another process. `at` is when it was written, epoch milliseconds. */
export type HealthNote = { health: Health; url?: string; at: number };

const file = () => path.join(tmpdir(), "quarterdeck-health.json");

export function writeHealthNote(note: HealthNote): void {
  writeFileSync(`${file()}.new`, JSON.stringify(note));
  renameSync(`${file()}.new`, file());
}

/** Throws when there is none: the entry has not come so far. */
export function readHealthNote(): HealthNote {
  return JSON.parse(readFileSync(file(), "utf8")) as HealthNote;
}
