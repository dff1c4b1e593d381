import { readdirSync, readFileSync } from "node:fs";
import { startTimeOf } from "./identity.ts";
import type { ProcessIdentity } from "./identity.ts";

/** Environment variable that every process of a run carries. */
export const INSTANCE_VARIABLE = "QUARTERDECK_INSTANCE";

/** Every process with this entry in the environment it was started with. Empty where there is no /proc. */
export function processesWith(variable: string, value: string): ProcessIdentity[] {
  if (process.platform !== "linux") return [];
  const wanted = `${variable}=${value}`;
  const found: ProcessIdentity[] = [];
  for (const name of readdirSync("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid === process.pid || !environmentOf(pid).includes(wanted)) continue;
    const startedAt = startTimeOf(pid);
    if (startedAt !== undefined) found.push({ pid, startedAt });
  }
  return found;
}

/** Empty for a process of somebody else, or one that ended meanwhile. */
function environmentOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
  } catch {
    return [];
  }
}
