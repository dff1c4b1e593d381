import { randomUUID } from "node:crypto";
import pg from "pg";
import type { MigrationFiles } from "#server/db/migration-files.ts";
import { checksumOf } from "./restorable.ts";
import { tablesAfter } from "./tables.ts";

const listed = (names: readonly string[]) => names.map((name) => `public.${pg.escapeIdentifier(name)}`).join(", ");

async function setTriggers(client: pg.Client, tables: readonly string[], state: "ENABLE" | "DISABLE"): Promise<void> {
  // USER leaves out the triggers of foreign keys, which only a superuser may switch off.
  for (const table of tables) await client.query(`ALTER TABLE ${listed([table])} ${state} TRIGGER USER`);
}

async function emptyTables(client: pg.Client, tables: readonly string[]): Promise<void> {
  await client.query(`TRUNCATE ${listed(tables)}`);
}

/** Takes the product's tables away, with what is in them, by the migrations' own down.sql; nobody else's are touched. */
export async function removeSchema(client: pg.Client, present: readonly MigrationFiles[]): Promise<void> {
  const last = present.at(-1);
  if (last) {
    const tables = tablesAfter(last);
    await setTriggers(client, tables, "DISABLE");
    await emptyTables(client, tables);
  }
  for (const { name, down } of [...present].reverse()) {
    if (down === undefined) throw new Error(`Migration ${name} cannot be undone: it has no down.sql here.`);
    await client.query(down);
    await client.query('DELETE FROM public."_prisma_migrations" WHERE migration_name = $1', [name]);
  }
  // Jobs speak of rows that are gone. The worker looks for work by itself when it starts.
  await client.query("DROP SCHEMA IF EXISTS graphile_worker CASCADE");
}

/** As Prisma makes it; it is not there before the first migration. */
const MIGRATIONS_TABLE = `CREATE TABLE IF NOT EXISTS public."_prisma_migrations" (
  id varchar(36) PRIMARY KEY NOT NULL, checksum varchar(64) NOT NULL, finished_at timestamptz,
  migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz,
  started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`;

/** Makes the tables that there are after these migrations, empty, in the caller's transaction. */
export async function makeSchema(client: pg.Client, migrations: readonly MigrationFiles[]): Promise<void> {
  await client.query(MIGRATIONS_TABLE);
  await client.query('DELETE FROM public."_prisma_migrations"');
  for (const migration of migrations) {
    await client.query(migration.up);
    await client.query(
      `INSERT INTO public."_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), checksumOf(migration), migration.name],
    );
  }
}

type Definition = { table: string; name: string; definition: string };

const FOREIGN_KEYS = `SELECT c.relname AS table, k.conname AS name, pg_get_constraintdef(k.oid) AS definition
  FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
 WHERE k.contype = 'f' AND c.relnamespace = 'public'::regnamespace AND c.relname = ANY($1) ORDER BY 1, 2`;

const INDEXES = `SELECT c.relname AS table, x.relname AS name, pg_get_indexdef(i.indexrelid) AS definition
  FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
 WHERE NOT i.indisunique AND c.relnamespace = 'public'::regnamespace AND c.relname = ANY($1) ORDER BY 1, 2`;

/**
 * Runs `load` on empty tables without foreign keys, plain indexes and triggers, and brings them back: PostgreSQL then
 * checks every reference at once, in whatever order the rows came, and a table that refers to itself is no exception.
 */
export async function withBareTables(
  client: pg.Client,
  tables: readonly string[],
  load: () => Promise<void>,
): Promise<void> {
  const { rows: keys } = await client.query<Definition>(FOREIGN_KEYS, [tables]);
  const { rows: indexes } = await client.query<Definition>(INDEXES, [tables]);
  await setTriggers(client, tables, "DISABLE");
  for (const { table, name } of keys) {
    await client.query(`ALTER TABLE ${listed([table])} DROP CONSTRAINT ${pg.escapeIdentifier(name)}`);
  }
  if (indexes.length > 0) await client.query(`DROP INDEX ${listed(indexes.map(({ name }) => name))}`);
  await emptyTables(client, tables);
  await load();
  for (const { definition } of indexes) await client.query(definition);
  for (const { table, name, definition } of keys) {
    await client.query(`ALTER TABLE ${listed([table])} ADD CONSTRAINT ${pg.escapeIdentifier(name)} ${definition}`);
  }
  await setTriggers(client, tables, "ENABLE");
}
