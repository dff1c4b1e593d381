import { readFileSync } from "node:fs";
import path from "node:path";
import { identify } from "../process/identity.ts";
import type { ProcessIdentity } from "../process/identity.ts";

export type Postmaster = { identity: ProcessIdentity; port: number };

/** Lines of postmaster.pid, from PostgreSQL's miscadmin.h (LOCK_FILE_LINE_…). */
const LINE = { pid: 0, dataDirectory: 1, port: 3, status: 7 };

/** The PostgreSQL that serves a data folder and accepts connections, read from its postmaster.pid. */
export function runningPostmaster(data: string): Postmaster | undefined {
  return postmasterThatIs("ready", data);
}

/** The PostgreSQL of a data folder that was told to end and waits, perhaps for ever, for its clients to go. */
export function stoppingPostmaster(data: string): Postmaster | undefined {
  return postmasterThatIs("stopping", data);
}

function postmasterThatIs(status: string, data: string): Postmaster | undefined {
  try {
    const lines = readFileSync(path.join(data, "postmaster.pid"), "utf8")
      .split("\n")
      .map((line) => line.trim());
    const pid = Number(lines[LINE.pid]);
    if (lines[LINE.status] !== status || !servesFolder(pid, data)) return undefined;
    return { identity: identify(pid), port: Number(lines[LINE.port]) };
  } catch {
    return undefined;
  }
}

/** The file survives a SIGKILL, and its pid may belong to somebody else by now. */
function servesFolder(pid: number, data: string): boolean {
  if (process.platform !== "linux") return true;
  const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  return command.some((part) => part.endsWith("postgres")) && command.includes(data);
}
