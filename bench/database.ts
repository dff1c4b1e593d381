import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { seedLoad } from "#prisma/seed/load/load.ts";
import { createDatabase } from "#server/db/create-database.ts";
import { migrateUp } from "#server/db/migrate.ts";
import { readMigrations } from "#server/db/migration-files.ts";
import { startCluster, type Cluster } from "../scripts/postgres/cluster.ts";
import { stopPostmaster } from "../scripts/postgres/stop.ts";

/** A database to measure on, and how to leave it. */
export type BenchDatabase = { url: string; close(): Promise<void> };

/** Where databases of benchmarks live between runs. */
const folder = path.resolve(process.env.DATA_DIR ?? ".data", "bench");
const marker = path.join(folder, "filled");
const name = "load";

/** Says which schema was filled; another one is filled anew. */
const schema = () => createHash("sha256").update(JSON.stringify(readMigrations())).digest("hex");

function startBenchCluster(): Promise<Cluster> {
  mkdirSync(folder, { recursive: true });
  return startCluster({
    folder: path.join(folder, "postgres"),
    logFile: path.join(folder, "postgres.log"),
    durable: false,
  });
}

/**
 * The load seed in a PostgreSQL of its own, made once and kept until the schema changes. `BENCH_DATABASE_URL` names
 * another database that holds the load seed already.
 */
export async function loadDatabase(): Promise<BenchDatabase> {
  const given = process.env.BENCH_DATABASE_URL;
  if (given) return { url: given, close: async () => {} };
  const cluster = await startBenchCluster();
  if (!existsSync(marker) || readFileSync(marker, "utf8") !== schema()) {
    await fill(cluster, (line) => console.log(`  seed: ${line}`));
  }
  return { url: cluster.url(name), close: () => stopPostmaster(cluster.identity) };
}

/** Makes the load seed anew and answers how many seconds the seeding took. */
export async function refill(tell: (line: string) => void): Promise<number> {
  const cluster = await startBenchCluster();
  try {
    return await fill(cluster, tell);
  } finally {
    await stopPostmaster(cluster.identity);
  }
}

async function fill(cluster: Cluster, tell: (line: string) => void): Promise<number> {
  writeFileSync(marker, "");
  const client = new pg.Client({ connectionString: cluster.url("postgres") });
  await client.connect();
  await client.query(`drop database if exists ${name} with (force)`);
  await client.end();
  await createDatabase(cluster.url("postgres"), name);
  const databaseUrl = cluster.url(name);
  await migrateUp(databaseUrl);
  const startedAt = performance.now();
  await seedLoad({ databaseUrl, into: `127.0.0.1:${cluster.port}/${name}`, tell });
  const seconds = (performance.now() - startedAt) / 1000;
  writeFileSync(marker, schema());
  return seconds;
}
