import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createApi } from "../api/handler.ts";
import { toAppError } from "../api/errors.ts";
import { statusOf } from "../core/errors.ts";
import { createDeployment } from "../deployments/commands/create.ts";
import { conflictScene } from "../testing/conflict-scene.ts";
import { testDatabase, type TestDatabase } from "../testing/database.ts";
import { rowCounts } from "../testing/with-database.ts";
import { openDb, type Db } from "./client.ts";
import { isDatabaseBusy, isDatabaseGone } from "./gone.ts";

let database: TestDatabase;
/** Waits for little, and has one connection: a lock is waited for for a second. */
let db: Db;
/** What a busy machine may take its time for. */
let patient: Db;
let other: pg.Client;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  db = openDb(database.url, 1, 1_500);
  patient = openDb(database.url, 1);
  other = new pg.Client({ connectionString: database.url });
  await other.connect();
});
afterEach(async () => {
  await other.end();
  await db.$disconnect();
  await patient.$disconnect();
});

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

/** Keeps the only connection busy until the answer is called. */
async function occupy(): Promise<() => Promise<void>> {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  let began = () => {};
  const hasBegun = new Promise<void>((resolve) => (began = resolve));
  const held = patient.$transaction(
    async () => {
      began();
      await released;
    },
    { timeout: 60_000 },
  );
  await hasBegun;
  return async () => {
    release();
    await failureOf(held);
  };
}

test("a place that another holds for long is told to be busy, and nothing is left behind", async () => {
  const on = await conflictScene(patient);
  const before = await rowCounts(patient);
  await other.query("begin");
  await other.query("select id from targets for update");
  const ask = (through: Db) =>
    createDeployment(
      { ...on.asDeveloper, db: through },
      { service: on.service.id, environment: on.environment.id, version: "1.1.0" },
    );
  const failure = await failureOf(ask(db));
  expect(isDatabaseBusy(failure)).toBe(true);
  expect(isDatabaseGone(failure)).toBe(false);
  const app = toAppError(failure);
  expect(statusOf(app)).toBe(503);
  expect(app.details).toMatchObject({ reason: "database_busy", retryAfter: 3 });
  await other.query("rollback");
  expect(await rowCounts(patient)).toEqual(before);
  expect(await ask(patient)).toMatchObject({ status: "running" });
});

test("so is a statement that takes too long", async () => {
  expect(isDatabaseBusy(await failureOf(db.$queryRaw`select pg_sleep(30)`))).toBe(true);
  expect(isDatabaseBusy(await failureOf(db.$transaction(async (tx) => tx.$queryRaw`select pg_sleep(30)`)))).toBe(true);
});

test("so are a transaction that takes too long, and what no connection is free for; the API says when to come back", async () => {
  const free = await occupy();
  const api = createApi({ db: () => patient, ports: () => ({}) as never });
  const headers = { authorization: `Bearer qd_${"a".repeat(12)}_${"b".repeat(43)}` };
  const [begun, answer] = await Promise.all([
    failureOf(patient.$transaction(async (tx) => tx.service.count(), { maxWait: 500 })),
    api(new Request("http://localhost/api/v1/services", { headers })),
  ]);
  expect(isDatabaseBusy(begun)).toBe(true);
  expect(answer.status).toBe(503);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(answer.headers.get("retry-after")).toBe("3");
  expect(await answer.json()).toMatchObject({ status: 503, code: "upstream", reason: "database_busy" });
  await free();
  expect((await api(new Request("http://localhost/api/v1/services", { headers }))).status).toBe(401);
});

test("a refusal of the database is neither busy nor gone", async () => {
  const failure = await failureOf(
    db.team.create({ data: { id: "x", slug: "x", name: "x", services: { connect: { id: "none" } } } }),
  );
  expect([isDatabaseBusy(failure), isDatabaseGone(failure)]).toEqual([false, false]);
});
