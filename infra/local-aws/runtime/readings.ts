import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";

/** What a process has used: processor seconds since its start, and resident bytes now. */
export type Reading = { cpuSeconds: number; residentBytes: number };

// Fixed in Linux's interface to user space on every architecture that Node runs on; the page size is not.
const TICKS_PER_SECOND = 100;

/** Readings by process id; processes that are gone are left out. */
export async function readUsage(pids: readonly number[]): Promise<Map<number, Reading>> {
  if (pids.length === 0) return new Map();
  if (process.platform !== "linux") return parsePs(await ps(pids));
  const readings = await Promise.all(pids.map(async (pid) => [pid, await readProc(pid)] as const));
  return new Map(readings.filter((entry): entry is [number, Reading] => entry[1] !== undefined));
}

async function readProc(pid: number): Promise<Reading | undefined> {
  try {
    const files = ["stat", "status"].map((name) => readFile(`/proc/${pid}/${name}`, "utf8"));
    const [stat = "", status = ""] = await Promise.all(files);
    return { cpuSeconds: parseStat(stat), residentBytes: parseStatus(status) };
  } catch {
    return undefined;
  }
}

/** Processor seconds in `/proc/PID/stat`: the name in parentheses may itself hold spaces and parentheses. */
export function parseStat(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  // After the name come state (field 3), …, utime (14) and stime (15).
  return (Number(fields[14 - 3] ?? 0) + Number(fields[15 - 3] ?? 0)) / TICKS_PER_SECOND;
}

/** Resident bytes in `/proc/PID/status`; a zombie has no such line. */
export function parseStatus(status: string): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1_024;
}

function ps(pids: readonly number[]): Promise<string> {
  return new Promise((resolve) => {
    // ps exits with 1 when one of the processes is gone; what it printed is right all the same.
    execFile("ps", ["-o", "pid=,time=,rss=", "-p", pids.join(",")], (_error, stdout) => resolve(stdout));
  });
}

/** Lines of `pid [[dd-]hh:]mm:ss[.cc] rss-in-kilobytes`. */
export function parsePs(output: string): Map<number, Reading> {
  const readings = new Map<number, Reading>();
  for (const line of output.split("\n")) {
    const [pid, time, resident] = line.trim().split(/\s+/);
    if (!pid || !time || !resident) continue;
    const [days, clock] = time.includes("-") ? time.split("-") : ["0", time];
    const seconds = (clock ?? "").split(":").reduce((total, part) => total * 60 + Number(part), 0);
    readings.set(Number(pid), {
      cpuSeconds: Number(days) * 86_400 + seconds,
      residentBytes: Number(resident) * 1_024,
    });
  }
  return readings;
}
