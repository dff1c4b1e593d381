import { stage } from "../bootstrap/stage.mjs";
import { endRun } from "../process/end-run.ts";
import { readRunRecord } from "../process/run-record.ts";
import { waitUntil } from "../process/wait.ts";

const GUARDIAN_MS = 25_000;

/** After a run that was killed: lets its guardian finish, and does its work when the guardian was killed as well. */
export async function clearLeftovers(recordFile: string): Promise<void> {
  if (!readRunRecord(recordFile)) return;
  await stage("Ending what an earlier start left running", async () => {
    if (await waitUntil(() => !readRunRecord(recordFile), GUARDIAN_MS)) return;
    const record = readRunRecord(recordFile);
    if (record) await endRun(recordFile, record);
  });
}
