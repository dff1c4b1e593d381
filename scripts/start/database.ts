import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Config } from "#server/core/config.ts";
import { createDatabase } from "#server/db/create-database.ts";
import { startCluster } from "../postgres/cluster.ts";
import type { Cluster, ClusterOptions } from "../postgres/cluster.ts";
import { stopPostmaster } from "../postgres/stop.ts";
import { isAlive } from "../process/identity.ts";
import type { DataFolder } from "./data-folder.ts";
import { Fatal } from "./fatal.ts";
import { rotate } from "./log-file.ts";
import type { Run } from "./run.ts";
import { DATABASE } from "./running.ts";

const OLDEST_VERSION = 150_000;
const WATCH_MS = 500;

/** The product's database and how to let it go. */
export type Database = { url: string; embedded: boolean; stop(): Promise<void> };

/** DATABASE_URL when it is set; else PostgreSQL in DATA_DIR, which is started again when it dies. */
export async function startDatabase(options: { settings: Config; folders: DataFolder; run: Run }): Promise<Database> {
  const { DATABASE_URL } = options.settings;
  if (DATABASE_URL === undefined) return startEmbedded(options);
  await checkReachable(DATABASE_URL);
  return { url: DATABASE_URL, embedded: false, stop: async () => {} };
}

async function checkReachable(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const { rows } = await client.query("SELECT current_setting('server_version_num')::int AS version");
    if (rows[0].version < OLDEST_VERSION) throw new Error("it is older than PostgreSQL 15");
  } catch (error) {
    throw new Fatal(
      `The database of DATABASE_URL cannot be used: ${(error as Error).message || (error as Error).name}`,
    );
  } finally {
    await client.end().catch(() => {});
  }
}

async function startEmbedded({ folders, run }: { folders: DataFolder; run: Run }): Promise<Database> {
  const logFile = path.join(folders.logs, "postgres.log");
  rotate(logFile);
  const options: ClusterOptions = { folder: folders.postgres, logFile, durable: true, environment: run.mark };
  const cluster = await startCluster(options);
  run.notePostgres(cluster.identity);
  await createDatabase(cluster.url("postgres"), DATABASE);
  const stopWatching = keepAlive(cluster, options, run);
  const stop = async () => {
    const latest = await stopWatching();
    await stopPostmaster(latest.identity);
    run.notePostgres(undefined);
  };
  return { url: cluster.url(DATABASE), embedded: true, stop };
}

/** Starts PostgreSQL again, on the port that everybody knows, when it was killed or told to end. */
function keepAlive(cluster: Cluster, options: ClusterOptions, run: Run): () => Promise<Cluster> {
  const stopping = new AbortController();
  let latest = cluster;
  const loop = async () => {
    while (!stopping.signal.aborted) {
      await sleep(WATCH_MS, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) continue;
      if (isAlive(latest.identity)) {
        // SIGTERM makes it wait for its clients, and ours never go.
        if (latest.isEnding()) await stopPostmaster(latest.identity);
        continue;
      }
      try {
        latest = await startCluster({ ...options, port: cluster.port });
        run.notePostgres(latest.identity);
      } catch (error) {
        console.error((error as Error).message);
      }
    }
  };
  const ended = loop();
  return async () => {
    stopping.abort();
    await ended;
    return latest;
  };
}
