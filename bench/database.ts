import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { seedLoad } from "#prisma/seed/load/load.ts";
import { createDatabase } from "#server/db/create-database.ts";
import { expectedMigration } from "#server/db/expected-migration.ts";
import { migrateUp } from "#server/db/migrate.ts";
import { startCluster } from "../scripts/postgres/cluster.ts";
import { stopPostmaster } from "../scripts/postgres/stop.ts";

/** A database to measure on, and how to leave it. */
export type BenchDatabase = { url: string; close(): Promise<void> };

/** Where databases of benchmarks live between runs. */
const folder = path.resolve(process.env.DATA_DIR ?? ".data", "bench");

/**
 * The load seed in a PostgreSQL of its own, made once and kept until the schema changes. `BENCH_DATABASE_URL` names
 * another database that holds the load seed already.
 */
export async function loadDatabase(): Promise<BenchDatabase> {
  const given = process.env.BENCH_DATABASE_URL;
  if (given) return { url: given, close: async () => {} };
  mkdirSync(folder, { recursive: true });
  const cluster = await startCluster({
    folder: path.join(folder, "postgres"),
    logFile: path.join(folder, "postgres.log"),
    durable: false,
  });
  const marker = path.join(folder, "filled");
  const url = cluster.url("load");
  if (!existsSync(marker) || readFileSync(marker, "utf8") !== expectedMigration) {
    const name = "load";
    await createDatabase(cluster.url("postgres"), name).catch(() => undefined);
    await migrateUp(url);
    const into = `127.0.0.1:${cluster.port}/${name}`;
    await seedLoad({ databaseUrl: url, into, tell: (line) => console.log(`  seed: ${line}`) });
    writeFileSync(marker, expectedMigration);
  }
  return { url, close: () => stopPostmaster(cluster.identity) };
}
