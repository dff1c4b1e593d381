import { rmSync } from "node:fs";
import { stopPostmaster } from "../postgres/stop.ts";
import { isAlive, signal, signalGroup } from "./identity.ts";
import { INSTANCE_VARIABLE, processesWith } from "./marked.ts";
import { deleteRunRecord } from "./run-record.ts";
import type { RunRecord } from "./run-record.ts";
import { waitUntil } from "./wait.ts";

/** Those who watch their parent are ending in order already, which may take them eight seconds. */
const WATCHING_MS = 10_000;
/** The portal does not end while a live page is connected. */
const OTHERS_MS = 3_000;

/** Ends everything that a record names and everything that carries its mark; PostgreSQL last and in order. */
export async function endRun(file: string, record: RunRecord): Promise<void> {
  const leaders = Object.values(record.groups);
  const others = leaders.filter(({ watchesParent }) => !watchesParent);
  for (const leader of others) signalGroup(leader, "SIGTERM");
  await waitUntil(() => !others.some(isAlive), OTHERS_MS);
  for (const leader of others) signalGroup(leader, "SIGKILL");
  await waitUntil(() => !leaders.some(isAlive), WATCHING_MS);
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
  }, OTHERS_MS);
}
