import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createApi } from "../api/handler.ts";
import { testDatabase, type TestDatabase } from "../testing/database.ts";
import { openDb, type Db } from "./client.ts";
import { isDatabaseGone } from "./gone.ts";

let database: TestDatabase;
let db: Db;
beforeAll(async () => {
  database = await testDatabase();
  db = openDb(database.url, 2);
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

/** Nobody listens on port 1. */
const nobodyThere = "postgresql://nobody@127.0.0.1:1/none";

test("a database that is not there is told from what the database refuses", async () => {
  const nowhere = openDb(nobodyThere, 1);
  expect(isDatabaseGone(await failureOf(nowhere.service.count()))).toBe(true);
  expect(isDatabaseGone(await failureOf(nowhere.$transaction(async (tx) => tx.service.count())))).toBe(true);
  await nowhere.$disconnect();
  expect(isDatabaseGone(await failureOf(db.$queryRaw`select * from no_such_table`))).toBe(false);
  expect(
    isDatabaseGone(
      await failureOf(
        db.team.create({ data: { id: "x", slug: "x", name: "x", services: { connect: { id: "none" } } } }),
      ),
    ),
  ).toBe(false);
});

test("so is one that ends our session in the middle of a transaction", async () => {
  const failure = await failureOf(
    db.$transaction(async (tx) => {
      const [row] = await tx.$queryRaw<{ pid: number }[]>`select pg_backend_pid() as pid`;
      const other = new pg.Client({ connectionString: database.url });
      await other.connect();
      await other.query("select pg_terminate_backend($1)", [row?.pid]);
      await other.end();
      await tx.service.count();
    }),
  );
  expect(isDatabaseGone(failure)).toBe(true);
});

test("the API answers 503 with a problem and when to come back, and works again by itself", async () => {
  const nowhere = openDb(nobodyThere, 1);
  let isAway = true;
  const api = createApi({ db: () => (isAway ? nowhere : db), ports: () => ({}) as never });
  const call = () =>
    api(
      new Request("http://localhost/api/v1/services", {
        headers: { authorization: `Bearer qd_${"a".repeat(12)}_${"b".repeat(43)}` },
      }),
    );
  const answer = await call();
  expect(answer.status).toBe(503);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(answer.headers.get("retry-after")).toBe("5");
  expect(await answer.json()).toMatchObject({
    status: 503,
    code: "upstream",
    reason: "database_unavailable",
    detail: expect.stringContaining("database"),
  });
  isAway = false;
  expect((await call()).status).toBe(401);
  await nowhere.$disconnect();
});
