import { log } from "../core/log.ts";
import { expectedMigration } from "../db/expected-migration.ts";
import type { Db } from "../db/client.ts";
import { heartbeatFreshMs } from "../jobs/heartbeat.ts";

/** What one thing that the portal needs is like. `unknown`: it could not be asked. */
export type Part = { state: "ok" | "failed" | "unknown"; reason?: string; [fact: string]: unknown };
export type Readiness = { state: "ok" | "failed"; database: Part; migrations: Part; worker: Part };

const unknown: Part = { state: "unknown", reason: "The database does not answer." };

async function ping(db: Db): Promise<Part> {
  const startedAt = performance.now();
  await db.$queryRaw`select 1`;
  return { state: "ok", milliseconds: Math.round(performance.now() - startedAt) };
}

async function migrations(db: Db): Promise<Part> {
  const [found] = await db.$queryRaw<
    { there: boolean }[]
  >`select to_regclass('_prisma_migrations') is not null as there`;
  if (!found?.there)
    return {
      state: "failed",
      reason: "The database has no tables yet. Run npm run migrate -- up.",
      expected: expectedMigration,
    };
  const rows = await db.$queryRaw<{ name: string; finished: boolean }[]>`
    select migration_name as name, finished_at is not null as finished from _prisma_migrations where rolled_back_at is null`;
  const failed = rows.find((row) => !row.finished);
  if (failed) return { state: "failed", reason: `The migration ${failed.name} did not finish.` };
  if (rows.some((row) => row.name === expectedMigration))
    return { state: "ok", applied: rows.length, expected: expectedMigration };
  return {
    state: "failed",
    reason: `The migration ${expectedMigration} is missing. Run npm run migrate -- up.`,
    expected: expectedMigration,
  };
}

async function worker(db: Db): Promise<Part> {
  const [row] = await db.$queryRaw<{ age: number | null }[]>`
    select (extract(epoch from now() - max(at)) * 1000)::float8 as age from heartbeats where kind = 'worker'`;
  if (row?.age == null) return { state: "failed", reason: "No worker runs." };
  const seconds = Math.max(0, Math.round(row.age / 1000));
  if (row.age < heartbeatFreshMs) return { state: "ok", secondsSinceHeartbeat: seconds };
  return { state: "failed", reason: `No worker has been heard of for ${seconds} s.`, secondsSinceHeartbeat: seconds };
}

async function part(name: string, look: () => Promise<Part>): Promise<Part> {
  try {
    return await look();
  } catch (error) {
    // The text may name hosts and users; it goes to the log, not to whoever asks.
    log.warn({ err: error, part: name }, "not ready");
    return { state: "failed", reason: "It could not be asked. The reason is in the log." };
  }
}

/** Whether this process can serve: database, migrations and worker, each with its state and why. */
export async function readiness(db: Db): Promise<Readiness> {
  const database = await part("database", () => ping(db));
  const isThere = database.state === "ok";
  const [schema, jobs] = isThere
    ? await Promise.all([part("migrations", () => migrations(db)), part("worker", () => worker(db))])
    : [unknown, unknown];
  const isReady = [database, schema, jobs].every((one) => one.state === "ok");
  return { state: isReady ? "ok" : "failed", database, migrations: schema, worker: jobs };
}
