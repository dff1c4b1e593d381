import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { identify, isAlive } from "../process/identity.ts";
import type { ProcessIdentity } from "../process/identity.ts";
import { Fatal } from "./fatal.ts";

/** Who runs the product in a data folder; `ready` once the portal answers. */
export type InstanceFile = { supervisor: ProcessIdentity; url: string; ready: boolean };

export type InstanceLock = { markReady(): void; release(): void };

function fileIn(runFolder: string): string {
  return path.join(runFolder, "supervisor.json");
}

/** The living instance in this data folder, if there is one. */
export function readInstance(runFolder: string): InstanceFile | undefined {
  try {
    const instance = JSON.parse(readFileSync(fileIn(runFolder), "utf8")) as InstanceFile;
    return isAlive(instance.supervisor) ? instance : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Claims the data folder for this process; throws one line when another process has it. */
export function lockInstance(runFolder: string, url: string): InstanceLock {
  const file = fileIn(runFolder);
  const mine: InstanceFile = { supervisor: identify(process.pid), url, ready: false };
  const candidate = `${file}.${process.pid}`;
  writeFileSync(candidate, JSON.stringify(mine), { mode: 0o600 });
  try {
    if (!claim(candidate, file)) {
      const other = readInstance(runFolder);
      if (other) throw new Fatal(`Quarterdeck already runs here (process ${other.supervisor.pid}): ${other.url}`);
      rmSync(file, { force: true });
      if (!claim(candidate, file)) throw new Fatal("Quarterdeck is being started here by another process.");
    }
  } finally {
    rmSync(candidate);
  }
  const markReady = () => {
    writeFileSync(candidate, JSON.stringify({ ...mine, ready: true }), { mode: 0o600 });
    renameSync(candidate, file);
  };
  return { markReady, release: () => rmSync(file, { force: true }) };
}

/** A hard link appears whole, and only when nothing has that name. */
function claim(candidate: string, file: string): boolean {
  try {
    linkSync(candidate, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}
