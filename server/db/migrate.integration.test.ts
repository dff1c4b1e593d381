import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { testDatabase } from "../testing/database.ts";
import type { TestDatabase } from "../testing/database.ts";
import { migrateDown, migrateUp, migrationStatus } from "./migrate.ts";

let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  database = await testDatabase("empty");
  folder = mkdtempSync(path.join(tmpdir(), "quarterdeck-migrations-"));
});

afterEach(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

function writeMigration(name: string, { up, down }: { up: string; down?: string }): void {
  mkdirSync(path.join(folder, name), { recursive: true });
  writeFileSync(path.join(folder, name, "migration.sql"), up);
  if (down !== undefined) writeFileSync(path.join(folder, name, "down.sql"), down);
}

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const ships = { up: "CREATE TABLE ships (id int);", down: "DROP TABLE ships;" };
const crews = { up: "CREATE TABLE crews (id int);", down: "DROP TABLE crews;" };

test("goes up one by one, tells the status, and goes down in reverse", async () => {
  writeMigration("20260101000000_ships", ships);
  writeMigration("20260102000000_crews", crews);
  expect(await migrationStatus(database.url, folder)).toEqual([
    { name: "20260101000000_ships", state: "pending" },
    { name: "20260102000000_crews", state: "pending" },
  ]);
  expect(await migrateUp(database.url, folder)).toEqual(["20260101000000_ships", "20260102000000_crews"]);
  expect(await migrateUp(database.url, folder)).toEqual([]);
  expect(await migrateDown(database.url, folder)).toBe("20260102000000_crews");
  expect(await migrationStatus(database.url, folder)).toEqual([
    { name: "20260101000000_ships", state: "applied" },
    { name: "20260102000000_crews", state: "pending" },
  ]);
  expect(await migrateDown(database.url, folder)).toBe("20260101000000_ships");
  expect(await migrateDown(database.url, folder)).toBeUndefined();
});

test("runs a script whole, semicolons inside functions included", async () => {
  const up = `CREATE FUNCTION two() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; RETURN 2; END; $$;`;
  writeMigration("20260101000000_two", { up, down: "DROP FUNCTION two();" });
  await migrateUp(database.url, folder);
  expect(await query("SELECT two() AS answer")).toEqual([{ answer: 2 }]);
});

test("leaves nothing of a migration that fails, and applies it once it is mended", async () => {
  writeMigration("20260101000000_ships", { up: `${ships.up}\nSELECT 1 / 0;` });
  await expect(migrateUp(database.url, folder)).rejects.toThrow(/division by zero/);
  expect(await query("SELECT to_regclass('ships') AS found")).toEqual([{ found: null }]);
  expect(await migrationStatus(database.url, folder)).toEqual([{ name: "20260101000000_ships", state: "failed" }]);
  writeMigration("20260101000000_ships", ships);
  expect(await migrateUp(database.url, folder)).toEqual(["20260101000000_ships"]);
});

test("is applied whole or not at all when its session is killed", async () => {
  writeMigration("20260101000000_ships", { up: `${ships.up}\nSELECT pg_terminate_backend(pg_backend_pid());` });
  await expect(migrateUp(database.url, folder)).rejects.toThrow();
  writeMigration("20260101000000_ships", ships);
  expect(await migrateUp(database.url, folder)).toEqual(["20260101000000_ships"]);
  expect(await query("SELECT count(*)::int AS count FROM ships")).toEqual([{ count: 0 }]);
});

test("refuses a history whose files were edited or are missing, and says which", async () => {
  writeMigration("20260101000000_ships", ships);
  writeMigration("20260102000000_crews", crews);
  await migrateUp(database.url, folder);
  writeMigration("20260101000000_ships", { ...ships, up: `${ships.up} -- changed` });
  rmSync(path.join(folder, "20260102000000_crews"), { recursive: true });
  await expect(migrateUp(database.url, folder)).rejects.toThrow(
    /20260101000000_ships is edited, 20260102000000_crews is missing/,
  );
  await expect(migrateDown(database.url, folder)).rejects.toThrow(/20260102000000_crews cannot be undone/);
});

test("keeps everything when down.sql fails", async () => {
  writeMigration("20260101000000_ships", { ...ships, down: "DROP TABLE ships; SELECT 1 / 0;" });
  await migrateUp(database.url, folder);
  await expect(migrateDown(database.url, folder)).rejects.toThrow(/was not undone: division by zero/);
  expect(await query("SELECT count(*)::int AS count FROM ships")).toEqual([{ count: 0 }]);
  expect(await migrationStatus(database.url, folder)).toEqual([{ name: "20260101000000_ships", state: "applied" }]);
});

test("lets two starts at once apply each migration once", async () => {
  writeMigration("20260101000000_ships", { up: `SELECT pg_sleep(0.3);\n${ships.up}` });
  const both = await Promise.all([migrateUp(database.url, folder), migrateUp(database.url, folder)]);
  expect(both.flat()).toEqual(["20260101000000_ships"]);
});
