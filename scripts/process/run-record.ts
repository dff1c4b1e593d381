import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import type { ProcessIdentity } from "./identity.ts";
import { writeWhole } from "./write-whole.ts";

/** `watchesParent`: ends in order by itself once the pipe on its standard input closes. */
export type Group = ProcessIdentity & { watchesParent: boolean };

/** What one run of the product started, on disk, so that another process can end it all when the first was killed. */
export type RunRecord = {
  /** Value of `QUARTERDECK_INSTANCE` in the environment of everything that belongs to the run. */
  instance: string;
  /** Leaders of process groups, by the name of what they run. */
  groups: Record<string, Group>;
  /** Ends what is left when the first process is gone; unknown until it started. */
  guardian?: ProcessIdentity;
  postgres?: ProcessIdentity | undefined;
  /** Folders to delete when the run was ended for it. */
  throwAway: string[];
};

/** What an earlier or present run started; undefined when none left anything. */
export function readRunRecord(file: string): RunRecord | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as RunRecord;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Replaces the record in one step: a reader sees the old or the new one. */
export function writeRunRecord(file: string, record: RunRecord): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeWhole(file, JSON.stringify(record));
}

/** Says that nothing of the run is left to be ended. */
export function deleteRunRecord(file: string): void {
  rmSync(file, { force: true });
}
