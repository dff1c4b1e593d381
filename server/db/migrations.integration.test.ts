import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { catalogOf } from "../testing/catalog.ts";
import { testDatabase } from "../testing/database.ts";
import type { TestDatabase } from "../testing/database.ts";
import { currentDatamodel } from "./datamodel.ts";
import { diffDatamodels } from "./datamodel-diff.ts";
import { MIGRATIONS_FOLDER, readMigrations } from "./migration-files.ts";
import { migrateDown, migrateUp, migrationStatus } from "./migrate.ts";

const names = readMigrations().map(({ name }) => name);
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase("empty");
});

afterAll(() => database.drop());

/** The schema after each migration, from the empty one on. */
async function catalogsOnTheWayUp(): Promise<string[][]> {
  const folder = mkdtempSync(path.join(tmpdir(), "quarterdeck-migrations-"));
  const catalogs = [await catalogOf(database.url)];
  for (const name of names) {
    cpSync(path.join(MIGRATIONS_FOLDER, name), path.join(folder, name), { recursive: true });
    expect(await migrateUp(database.url, folder)).toEqual([name]);
    catalogs.push(await catalogOf(database.url));
  }
  rmSync(folder, { recursive: true });
  return catalogs;
}

test("every migration can be undone, to exactly the schema before it, and applied again", async () => {
  const catalogs = await catalogsOnTheWayUp();
  expect(new Set(catalogs.map((catalog) => catalog.join("\n"))).size).toBe(names.length + 1);
  for (const [i, name] of [...names.entries()].reverse()) {
    expect(await migrateDown(database.url)).toBe(name);
    expect(await catalogOf(database.url), `${name}/down.sql`).toEqual(catalogs[i]);
  }
  expect(await migrateUp(database.url)).toEqual(names);
  expect(await catalogOf(database.url)).toEqual(catalogs.at(-1));
  expect((await migrationStatus(database.url)).map(({ state }) => state)).toEqual(names.map(() => "applied"));
});

test("the last migration ends at the current data model, and each says where it ended", async () => {
  const migrations = readMigrations();
  for (const { name, schema } of migrations) expect(schema, `${name}/schema.prisma`).toBeDefined();
  const rest = await diffDatamodels({ url: database.url, from: migrations.at(-1)?.schema, to: currentDatamodel() });
  expect(rest.trim()).toBe("-- This is an empty migration.");
});
