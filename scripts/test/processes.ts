import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { identify, isAlive, startTimeOf } from "../process/identity.ts";
import type { ProcessIdentity } from "../process/identity.ts";
import { processesWith } from "../process/marked.ts";

/** Environment variable by which a test finds all that it caused, from npm down. */
export const TEST_MARK = "QUARTERDECK_TEST_RUN";

export type Seen = ProcessIdentity & { command: string };

function seen(pid: number): Seen {
  return { ...identify(pid), command: readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim() };
}

function allPids(): number[] {
  return readdirSync("/proc").map(Number).filter(Number.isInteger);
}

/** Every process below one, at this moment. */
export function descendants(of: number): Seen[] {
  const parents = new Map(allPids().map((pid) => [pid, parentOf(pid)]));
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent !== undefined && parent > 1 && (parent === of || isBelow(parent));
  };
  return [...parents.keys()].filter((pid) => isBelow(pid) && startTimeOf(pid) !== undefined).flatMap(tolerant(seen));
}

function parentOf(pid: number): number | undefined {
  try {
    return Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
  } catch {
    return undefined;
  }
}

/** All that is left of a test's product: what carries its mark, works in its data folder, or was seen before. */
export function remaining(options: { mark: string; dataDir: string; before: Seen[] }): string[] {
  const marked = processesWith(TEST_MARK, options.mark);
  const inside = allPids().filter((pid) => workingFolder(pid)?.startsWith(options.dataDir));
  const pids = new Set([...marked, ...options.before.filter(isAlive)].map(({ pid }) => pid).concat(inside));
  return [...pids]
    .filter((pid) => startTimeOf(pid) !== undefined)
    .flatMap(tolerant(seen))
    .map(({ command }) => command);
}

function workingFolder(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

/** Processes end while they are looked at. */
function tolerant<T>(look: (pid: number) => T): (pid: number) => T[] {
  return (pid) => {
    try {
      return [look(pid)];
    } catch {
      return [];
    }
  };
}
