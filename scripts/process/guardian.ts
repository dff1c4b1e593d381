import { endRun } from "./end-run.ts";
import { readRunRecord } from "./run-record.ts";

/**
 * node guardian.ts RECORD: waits until the process that holds the other end of standard input is gone, however it
 * ended, and then ends what the record names. A run that ended in order has deleted its record.
 */
const file = process.argv[2];
if (file === undefined) throw new Error("Usage: node guardian.ts RECORD");

for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => {});

process.stdin.resume();
process.stdin.on("error", () => {});
process.stdin.once("close", async () => {
  const record = readRunRecord(file);
  if (record) await endRun(file, record);
  process.exit(0);
});
