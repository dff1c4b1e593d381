import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seedLoad } from "#prisma/seed/load/load.ts";
import { bearerOf } from "../testing/api-caller.ts";
import { createFakeRuntime } from "../testing/fake-runtime.ts";
import { statementsOf } from "../testing/plans/capture.ts";
import { complaintsOf, planOf } from "../testing/plans/explain.ts";
import { everyRead, type Read } from "../testing/plans/reads.ts";
import { loadSamples } from "../testing/plans/samples.ts";
import { withDatabase } from "../testing/with-database.ts";
import { createApi } from "./handler.ts";

const database = withDatabase();
let client: pg.Client;
let reads: Read[];
let read: (path: string) => Promise<Response>;

beforeAll(async () => {
  await seedLoad({ databaseUrl: database.url, size: { services: 6, deployments: 1500, days: 30 } });
  const authorization = await bearerOf(database.db, "admin");
  const api = createApi({ db: () => database.db, ports: () => createFakeRuntime().ports });
  read = (path) => api(new Request(`http://deck.example${path}`, { headers: { authorization } }));
  reads = await everyRead(await loadSamples(database.db));
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  // Tables are small here. So that the planner chooses as it does among millions of rows, what only suits small
  // tables is taken away from it: then a scan or a sort that remains is one that no index can spare.
  await client.query(
    "set enable_seqscan = off; set enable_sort = off; set enable_bitmapscan = off; set enable_hashjoin = off",
  );
});
afterAll(() => client.end());

/** What is wrong with the statements of some reads, each statement once. */
async function complaints(paths: string[]): Promise<string[]> {
  const found: string[] = [];
  const statements = await statementsOf(async () => {
    for (const path of paths) {
      const response = await read(path);
      if (response.status >= 500) found.push(`${path} answers ${response.status}: ${await response.text()}`);
    }
  });
  const distinct = new Map(statements.map((statement) => [statement.text, statement]));
  for (const statement of distinct.values()) {
    for (const complaint of complaintsOf(await planOf(client, statement)))
      found.push(`${complaint}: ${statement.text}`);
  }
  return found;
}

test("every list can be read on from where a page ended", () => {
  expect(reads.filter(({ path }) => path.includes("cursor=none")).map(({ operation }) => operation)).not.toContain(
    "listDeployments",
  );
  expect(reads.length).toBeGreaterThan(150);
});

describe("no statement of a read scans a big table or sorts more than a page", () => {
  test("whatever it is asked for", { timeout: 120_000 }, async () => {
    const failed: Record<string, string[]> = {};
    for (const [operation, ways] of Map.groupBy(reads, (one) => one.operation)) {
      const found = await complaints(ways.map(({ path }) => path));
      if (found.length > 0) failed[operation] = found;
    }
    expect(failed).toEqual({});
  });
});

test.each([
  ["without an index", "select * from deployments where reason = 'x'", "reads deployments whole"],
  ["in an order that no index has", "select * from deployments order by reason limit 5", "walks all of"],
  ["by counting them", "select count(*) from audit_entries", "walks all of"],
])("a big table %s is found", async (_, text, complaint) => {
  const found = complaintsOf(await planOf(client, { text, values: [] }));
  expect(found.join()).toMatch(new RegExp(`${complaint}|reads .* whole`));
});
