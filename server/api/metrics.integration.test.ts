import { afterAll, beforeAll, expect, test } from "vitest";
import { metricsText } from "../core/metrics.ts";
import { openDb, type Db } from "../db/client.ts";
import { testDatabase, type TestDatabase } from "../testing/database.ts";
import { createFakeRuntime } from "../testing/fake-runtime.ts";
import { createApi } from "./handler.ts";

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

test("requests are counted by operation, and addresses never become labels", async () => {
  const api = createApi({ db: () => db, ports: () => createFakeRuntime().ports });
  const get = (path: string) => api(new Request(`http://localhost/api/v1${path}`));
  expect((await get("/users/usr_secret")).status).toBe(401);
  expect((await get("/me")).status).toBe(401);
  expect((await get("/nowhere/usr_secret")).status).toBe(404);
  const { body } = await metricsText();
  expect(body).toContain('quarterdeck_api_requests_total{operation="users.get",status="401"} 1');
  expect(body).toContain('quarterdeck_api_requests_total{operation="me.get",status="401"} 1');
  expect(body).toContain('quarterdeck_api_requests_total{operation="none",status="404"} 1');
  expect(body).toContain('quarterdeck_api_request_seconds_count{operation="users.get"} 1');
  expect(body).not.toContain("usr_secret");
});
