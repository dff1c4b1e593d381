import { rmSync } from "node:fs";
import { stopPostmaster } from "../postgres/stop.ts";
import { isAlive, signal, signalGroup } from "./identity.ts";
import { INSTANCE_VARIABLE, processesWith } from "./marked.ts";
import { deleteRunRecord } from "./run-record.ts";
import type { RunRecord } from "./run-record.ts";
import { waitUntil } from "./wait.ts";

/** Those who watch their parent are at it already; they take up to eight seconds, and 2 more to be reaped. */
const PATIENCE_MS = 10_000;

/** Ends everything that a record names and everything that carries its mark; PostgreSQL last and in order. */
export async function endRun(file: string, record: RunRecord): Promise<void> {
  const leaders = Object.values(record.groups);
  for (const leader of leaders) if (!leader.watchesParent) signalGroup(leader, "SIGTERM");
  await waitUntil(() => !leaders.some(isAlive), PATIENCE_MS);
  for (const leader of leaders) signalGroup(leader, "SIGKILL");
  await endMarked(record);
  if (record.postgres) await stopPostmaster(record.postgres);
  for (const folder of record.throwAway) rmSync(folder, { recursive: true, force: true });
  deleteRunRecord(file);
}

/** Finds what was started between two writes of the record, and tasks of local AWS, which lead groups of their own. */
async function endMarked({ instance, postgres }: RunRecord): Promise<void> {
  const rest = () =>
    processesWith(INSTANCE_VARIABLE, instance).filter(({ pid }) => pid !== postgres?.pid && pid !== process.pid);
  await waitUntil(() => {
    const found = rest();
    for (const each of found) signal(each, "SIGKILL");
    return found.length === 0;
  }, PATIENCE_MS);
}
