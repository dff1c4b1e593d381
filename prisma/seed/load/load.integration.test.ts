import { beforeAll, expect, test } from "vitest";
import { listDeployments } from "#server/deployments/queries/list.ts";
import { newId } from "#server/core/ids.ts";
import { catalogOf } from "#server/testing/catalog.ts";
import { actors, testContext } from "#server/testing/factories.ts";
import { rowCounts, withDatabase } from "#server/testing/with-database.ts";
import { addressOf } from "./assert-fillable.ts";
import { seedLoad } from "./load.ts";

const database = withDatabase();
const size = { services: 5, deployments: 800, days: 30 };
let schema: string[];

beforeAll(async () => {
  schema = await catalogOf(database.url);
  await seedLoad({ databaseUrl: database.url, size });
});

type Reference = { child: string; column: string; parent: string; key: string };

test("every reference leads somewhere, although it was filled without checking each row", async () => {
  const references = await database.db.$queryRaw<Reference[]>`
    select k.conrelid::regclass::text as child, a.attname as column, k.confrelid::regclass::text as parent, p.attname as key
    from pg_constraint k
    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
    join pg_attribute p on p.attrelid = k.confrelid and p.attnum = k.confkey[1]
    where k.contype = 'f' and k.connamespace = 'public'::regnamespace`;
  expect(references.length).toBeGreaterThan(20);
  for (const { child, column, parent, key } of references) {
    const lost = await database.db.$queryRawUnsafe<{ count: bigint }[]>(
      `select count(*) from ${child} c where c.${column} is not null and not exists (select from ${parent} p where p.${key} = c.${column})`,
    );
    expect([child, column, Number(lost[0]?.count)]).toEqual([child, column, 0]);
  }
  const grants = await database.db.$queryRaw<{ lost: bigint }[]>`
    select count(*) as lost from grants g where not exists (select from users u where u.id = g.principal_id)`;
  expect(grants[0]?.lost).toBe(0n);
});

test("indexes and constraints are as they were", async () => {
  expect(await catalogOf(database.url)).toEqual(schema);
});

test("ids are made as the product makes them, and follow time", async () => {
  const { items } = await listDeployments(testContext(database.db, actors.viewer), { limit: 100 });
  expect(items).toHaveLength(100);
  const shape = (id: string) => id.replace(/[0-9a-f]/g, "x");
  for (const { id, createdAt } of items) {
    expect(shape(id.slice(4))).toBe(shape(newId("deployment").slice(4)));
    expect(id[16]).toBe("7");
    expect(Number.parseInt(id.slice(4, 16), 16)).toBe(Date.parse(createdAt));
  }
  expect(items.map(({ createdAt }) => createdAt)).toEqual(
    items
      .map(({ createdAt }) => createdAt)
      .toSorted()
      .toReversed(),
  );
});

test("a verdict knows its service, targets run what succeeded last, events have cursors", async () => {
  const counts = await database.db.$queryRaw<{ verdicts: bigint; targets: bigint; events: bigint }[]>`
    select (select count(*) from verdicts v join releases r on r.id = v.release_id where v.service_id is distinct from r.service_id) as verdicts,
           (select count(*) from targets where release_id is null) as targets,
           (select count(*) from events where cursor is null) as events`;
  expect(counts[0]).toEqual({ verdicts: 0n, targets: 0n, events: 0n });
});

test("what is there already is not added to unless it is named, and what is elsewhere neither", async () => {
  const counts = await rowCounts(database.db);
  await expect(seedLoad({ databaseUrl: database.url, size })).rejects.toThrow(
    `not empty. To fill it all the same, name it: --into ${addressOf(database.url)}`,
  );
  await expect(seedLoad({ databaseUrl: database.url, size, into: "elsewhere:5432/x" })).rejects.toThrow(
    "--into names elsewhere:5432/x",
  );
  expect(await rowCounts(database.db)).toEqual(counts);
});
