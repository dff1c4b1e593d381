import path from "node:path";
import type { Config } from "#server/core/config.ts";
import type { Db } from "#server/db/client.ts";
import { createDatabase } from "#server/db/create-database.ts";
import { startCluster } from "../postgres/cluster.ts";
import { stopPostmaster } from "../postgres/stop.ts";
import { prepareDataFolder } from "./data-folder.ts";

/** Name of the product's database in the embedded cluster. */
export const DATABASE = "quarterdeck";

/** For commands beside the product: DATABASE_URL, else the embedded PostgreSQL, started for the time when it does not run. */
export async function runningDatabaseUrl(settings: Config): Promise<{ url: string; release(): Promise<void> }> {
  if (settings.DATABASE_URL) return { url: settings.DATABASE_URL, release: async () => {} };
  const folders = prepareDataFolder(settings.DATA_DIR);
  const logFile = path.join(folders.logs, "postgres.log");
  const cluster = await startCluster({ folder: folders.postgres, logFile, durable: true });
  const release = () => (cluster.adopted ? Promise.resolve() : stopPostmaster(cluster.identity));
  // npm start makes it; a restore may come before the first start.
  await createDatabase(cluster.url("postgres"), DATABASE);
  return { url: cluster.url(DATABASE), release };
}

/** Runs work on the product's database, for commands beside the product; what was opened and started for it ends after. */
export async function withRunningDb<T>(settings: Config, work: (db: Db) => Promise<T>): Promise<T> {
  const { url, release } = await runningDatabaseUrl(settings);
  // The start reads this file too, before the client of the database has been generated.
  const { openDb } = await import("#server/db/client.ts");
  const db = openDb(url, 2);
  try {
    return await work(db);
  } finally {
    await db.$disconnect();
    await release();
  }
}
