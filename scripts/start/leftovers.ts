import { stage } from "../bootstrap/stage.mjs";
import { endRun } from "../process/end-run.ts";
import { isAlive } from "../process/identity.ts";
import { readRunRecord } from "../process/run-record.ts";
import type { RunRecord } from "../process/run-record.ts";
import { waitUntil } from "../process/wait.ts";

const GUARDIAN_MS = 25_000;

function isGuarded(record: RunRecord | undefined): boolean {
  return record?.guardian !== undefined && isAlive(record.guardian);
}

/** After a run that was killed: lets its guardian finish, and does its work when the guardian was killed as well. */
export async function clearLeftovers(recordFile: string): Promise<void> {
  if (!readRunRecord(recordFile)) return;
  await stage("Ending what an earlier start left running", async () => {
    await waitUntil(() => !isGuarded(readRunRecord(recordFile)), GUARDIAN_MS);
    const record = readRunRecord(recordFile);
    if (record) await endRun(recordFile, record);
  });
}
