import pg from "pg";
import { afterAll, beforeAll, beforeEach, afterEach, expect, test } from "vitest";
import { emptyDatabase, type TestDatabase } from "../testing/database.ts";
import { seedCatalogue } from "./catalogue.ts";
import { appliedMigrations, migrateTo, readMigrations } from "./migrations.ts";

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await emptyDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query("drop schema if exists shop cascade");
});
afterEach(() => client.end());

const columns = async () =>
  (
    await client.query(
      "select table_name, column_name, data_type from information_schema.columns where table_schema = 'shop' and table_name <> 'migrations' order by 1, 2",
    )
  ).rows;

test("up applies every migration once", async () => {
  const names = (await readMigrations()).map(({ name }) => `up ${name}`);
  expect(await migrateTo(client)).toEqual(names);
  expect(await migrateTo(client)).toEqual([]);
});

test("each down undoes exactly what its up did, with data in the tables", async () => {
  await migrateTo(client, 1);
  await seedCatalogue(client);
  for (const { version } of await readMigrations()) {
    await migrateTo(client, version - 1);
    const before = await columns();
    await migrateTo(client, version);
    expect(await columns()).not.toEqual(before);
    await migrateTo(client, version - 1);
    expect(await columns()).toEqual(before);
    await migrateTo(client, version);
  }
});

test("down to 0 leaves no table but the record, and up brings all back", async () => {
  await migrateTo(client);
  const full = await columns();
  await migrateTo(client, 0);
  expect(await columns()).toEqual([]);
  expect(await appliedMigrations(client)).toEqual([]);
  await migrateTo(client);
  expect(await columns()).toEqual(full);
});

test("two runs at once apply each migration once", async () => {
  const other = new pg.Client({ connectionString: database.url });
  await other.connect();
  const steps = await Promise.all([migrateTo(client), migrateTo(other)]);
  await other.end();
  expect(steps.flat().sort()).toEqual((await readMigrations()).map(({ name }) => `up ${name}`));
});

test("a migration that was changed after it was applied is refused", async () => {
  await migrateTo(client);
  await client.query("update shop.migrations set checksum = 'other' where version = 1");
  await expect(migrateTo(client)).rejects.toThrow("0001_shop was changed after it was applied");
});

test("a failing step leaves nothing behind", async () => {
  await migrateTo(client, 1);
  await client.query("alter table shop.products add column search text");
  await expect(migrateTo(client)).rejects.toThrow("already exists");
  expect((await appliedMigrations(client)).map(({ version }) => version)).toEqual([1]);
});

test("seeding twice leaves one catalogue", async () => {
  await migrateTo(client);
  const count = await seedCatalogue(client);
  await seedCatalogue(client);
  expect((await client.query("select count(*)::int as count from shop.products")).rows).toEqual([{ count }]);
});
