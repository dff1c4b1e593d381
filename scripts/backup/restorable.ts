import { createHash } from "node:crypto";
import type pg from "pg";
import type { MigrationFiles } from "#server/db/migration-files.ts";
import { heartbeatFreshMs } from "#server/jobs/heartbeat.ts";
import { BackupError } from "./format.ts";
import type { Header } from "./format.ts";
import { appliedMigrations, LEFT_OUT, tablesAfter } from "./tables.ts";

/** Prisma keeps the same sum of each migration. */
export const checksumOf = ({ up }: MigrationFiles): string => createHash("sha256").update(up).digest("hex");

/** The migrations that a backup was made with, as this code has them. Throws when it was made by newer code. */
export function migrationsOf(header: Header, known: readonly MigrationFiles[]): MigrationFiles[] {
  return header.migrations.map(({ name, checksum }, index) => {
    const migration = known[index];
    if (migration?.name === name) {
      if (checksumOf(migration) === checksum) return migration;
      throw new BackupError(`The backup was made with another text of migration ${name} than is here.`);
    }
    throw new BackupError(
      `The backup was made by version ${header.product} at migration ${header.migrations.at(-1)?.name}, which this version ` +
        `does not have: its newest is ${known.at(-1)?.name}. Restore it with that version or a newer one.`,
    );
  });
}

/** Throws when the header names other tables than there are after its last migration. */
export function checkTables(header: Header, migrations: readonly MigrationFiles[]): void {
  const last = migrations.at(-1);
  const expected = last ? tablesAfter(last).filter((name) => !LEFT_OUT.includes(name)) : [];
  const names = header.tables.map(({ name }) => name).sort();
  if (names.join() !== expected.join())
    throw new BackupError(`The backup does not have the tables of migration ${last?.name}.`);
}

/** What a database has now, for clearing it. Throws unless all of it comes from migrations that this code has. */
export async function migrationsIn(client: pg.Client, known: readonly MigrationFiles[]): Promise<MigrationFiles[]> {
  const applied = await appliedMigrations(client);
  return applied.map(({ name }) => {
    const migration = known.find((one) => one.name === name);
    if (!migration)
      throw new BackupError(
        `The database is at migration ${name}, which this version does not know. Nothing was changed.`,
      );
    return migration;
  });
}

/** Tables that have rows. What is never in a backup does not make a database full. */
export async function tablesWithRows(client: pg.Client, present: readonly MigrationFiles[]): Promise<string[]> {
  const last = present.at(-1);
  const full: string[] = [];
  for (const name of last ? tablesAfter(last).filter((table) => !LEFT_OUT.includes(table)) : []) {
    const { rows } = await client.query(`SELECT EXISTS (SELECT FROM public."${name}") AS full`);
    if (rows[0].full) full.push(name);
  }
  return full;
}

/** Throws while the product runs on the database: by its connections, and by workers that were alive a moment ago. */
export async function refuseWhileRunning(client: pg.Client, present: readonly MigrationFiles[]): Promise<void> {
  const { rows: connected } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE 'quarterdeck%'`,
  );
  const { rows: beating } = await client.query<{ count: number }>(
    present.length === 0
      ? "SELECT 0 AS count"
      : `SELECT count(*)::int AS count FROM public.heartbeats WHERE at > now() - interval '${heartbeatFreshMs} milliseconds'`,
  );
  const [connections, workers] = [connected[0]?.count ?? 0, beating[0]?.count ?? 0];
  if (connections + workers === 0) return;
  throw new BackupError(
    `The product uses this database (${connections} connections, ${workers} workers in the last ${heartbeatFreshMs / 1000} s). ` +
      "Stop it first. Nothing was changed.",
  );
}
