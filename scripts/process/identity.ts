import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** A process that can be recognised later: pids are reused, a pid with its start time is not. */
export type ProcessIdentity = { pid: number; startedAt: string };

/** What the system says about when a process started; undefined once it is gone or a zombie. */
export function startTimeOf(pid: number): string | undefined {
  if (process.platform === "linux") return linuxStartTime(pid);
  try {
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim() || undefined;
  } catch {
    return undefined;
  }
}

/** proc(5): after the command in parentheses come the state (field 3) and, as field 22, the start time in ticks. */
function linuxStartTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" || fields[0] === "X" ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

/** The identity of a running process; throws when there is none with this pid. */
export function identify(pid: number): ProcessIdentity {
  const startedAt = startTimeOf(pid);
  if (startedAt === undefined) throw new Error(`There is no process ${pid}.`);
  return { pid, startedAt };
}

/** Whether this very process still runs, and not another one with its pid. */
export function isAlive({ pid, startedAt }: ProcessIdentity): boolean {
  return startTimeOf(pid) === startedAt;
}

/** Signals one process; one that is gone already is no error. */
export function signal(identity: ProcessIdentity, name: NodeJS.Signals): void {
  if (isAlive(identity)) send(identity.pid, name);
}

/** Signals the process group that a process leads or led; members may outlive their leader. */
export function signalGroup({ pid, startedAt }: ProcessIdentity, name: NodeJS.Signals): void {
  const leader = startTimeOf(pid);
  // Another process with this pid means that the group ended: a pid is not given away while its group lives.
  if (leader === undefined || leader === startedAt) send(-pid, name);
}

function send(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
