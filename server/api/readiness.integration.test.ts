import { afterAll, beforeAll, expect, test } from "vitest";
import { openDb, type Db } from "../db/client.ts";
import { testDatabase, type TestDatabase } from "../testing/database.ts";
import { readiness } from "./readiness.ts";

let database: TestDatabase;
let db: Db;

beforeAll(async () => {
  database = await testDatabase();
  db = openDb(database.url, 3);
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

const beat = (at: Date) =>
  db.heartbeat.upsert({ where: { id: "w" }, create: { id: "w", kind: "worker", startedAt: at, at }, update: { at } });

test("a migrated database without a worker is not ready, with one it is", async () => {
  expect(await readiness(db)).toMatchObject({
    state: "failed",
    database: { state: "ok" },
    migrations: { state: "ok" },
    worker: { state: "failed", reason: "No worker runs." },
  });
  await beat(new Date());
  expect(await readiness(db)).toMatchObject({ state: "ok", worker: { state: "ok" } });
  await beat(new Date(Date.now() - 45_000));
  const { state, worker } = await readiness(db);
  expect([state, worker.state]).toEqual(["failed", "failed"]);
  expect(worker["secondsSinceHeartbeat"]).toBeGreaterThanOrEqual(45);
  expect(worker.reason).toContain(`for ${worker["secondsSinceHeartbeat"]} s`);
});

test("a missing and an unfinished migration are named", async () => {
  await db.$executeRaw`update _prisma_migrations set migration_name = '20000101000000_old'`;
  expect((await readiness(db)).migrations).toMatchObject({
    state: "failed",
    reason: expect.stringContaining("is missing"),
  });
  await db.$executeRaw`update _prisma_migrations set finished_at = null`;
  expect((await readiness(db)).migrations).toMatchObject({
    state: "failed",
    reason: expect.stringContaining("did not finish"),
  });
});

test("an empty database says what to run", async () => {
  const empty = await testDatabase("empty");
  const other = openDb(empty.url, 3);
  expect(await readiness(other)).toMatchObject({
    state: "failed",
    migrations: { reason: expect.stringContaining("npm run migrate") },
    worker: { state: "failed" },
  });
  await other.$disconnect();
  await empty.drop();
});

test("without a database the rest is unknown, and nothing of its address is told", async () => {
  const gone = openDb("postgresql://someone:password@127.0.0.1:1/nowhere", 1);
  const answer = await readiness(gone);
  expect(answer).toMatchObject({
    state: "failed",
    database: { state: "failed" },
    migrations: { state: "unknown" },
    worker: { state: "unknown" },
  });
  expect(JSON.stringify(answer)).not.toMatch(/someone|password|127/);
  await gone.$disconnect();
});
