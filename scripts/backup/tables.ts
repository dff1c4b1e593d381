import type pg from "pg";
import type { MigrationFiles } from "#server/db/migration-files.ts";
import type { TableInHeader } from "./format.ts";

/**
 * Not in a backup. `heartbeats`: processes that were alive then are not alive now. `events`: what open pages were
 * told; a page that is open while an older state comes back must load everything anew, and does when there are none.
 */
export const LEFT_OUT: readonly string[] = ["events", "heartbeats"];

/** Tables of the data model after a migration, by name. */
export function tablesAfter(migration: MigrationFiles): string[] {
  const names = [...(migration.schema ?? "").matchAll(/@@map\("(\w+)"\)/g)].map(([, name = ""]) => name);
  if (names.length === 0)
    throw new Error(`prisma/migrations/${migration.name} does not say which tables there are then.`);
  return names.sort();
}

/** Columns of tables in the schema `public`, in their order; generated ones make themselves. */
export async function columnsOf(client: pg.Client, tables: readonly string[]): Promise<TableInHeader[]> {
  const { rows } = await client.query<TableInHeader>(
    `SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname = ANY($1)
        AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
      GROUP BY c.relname ORDER BY c.relname COLLATE "C"`,
    [tables],
  );
  return rows;
}

/** Migrations that a database says it has, oldest first; none when it was never migrated. */
export async function appliedMigrations(client: pg.Client): Promise<{ name: string; checksum: string }[]> {
  const { rows: found } = await client.query(`SELECT to_regclass('public."_prisma_migrations"') IS NOT NULL AS there`);
  if (!found[0].there) return [];
  const { rows } = await client.query<{ name: string; checksum: string }>(
    `SELECT migration_name AS name, checksum FROM public."_prisma_migrations"
      WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`,
  );
  return rows;
}
