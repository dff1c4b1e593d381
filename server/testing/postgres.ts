import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startCluster } from "../../scripts/postgres/cluster.ts";
import { stopPostmaster } from "../../scripts/postgres/stop.ts";
import { startGuard } from "../../scripts/process/guard.ts";
import { deleteRunRecord, writeRunRecord } from "../../scripts/process/run-record.ts";
import type { RunRecord } from "../../scripts/process/run-record.ts";

/** A real PostgreSQL with throw-away data. */
export type ThrowAwayPostgres = {
  /** Connection string of a database in it; `postgres` exists from the start. */
  url(database: string): string;
  /** Stops it and deletes its data. */
  stop(): Promise<void>;
};

/** Starts PostgreSQL in a temporary folder. It ends, and its folder goes, also when this process is killed. */
export async function startThrowAwayPostgres(): Promise<ThrowAwayPostgres> {
  const folder = mkdtempSync(path.join(tmpdir(), "quarterdeck-postgres-"));
  const recordFile = path.join(folder, "run.json");
  const record: RunRecord = { instance: randomUUID(), groups: {}, throwAway: [folder] };
  writeRunRecord(recordFile, record);
  const guard = startGuard(recordFile);
  const cluster = await startCluster({
    folder: path.join(folder, "cluster"),
    logFile: path.join(folder, "postgres.log"),
    durable: false,
  });
  writeRunRecord(recordFile, { ...record, postgres: cluster.identity });
  const stop = async () => {
    await stopPostmaster(cluster.identity);
    deleteRunRecord(recordFile);
    await guard.dismiss();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: cluster.url, stop };
}
