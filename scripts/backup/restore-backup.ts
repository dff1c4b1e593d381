import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import pg from "pg";
import { from } from "pg-copy-streams";
import { migrateUp } from "#server/db/migrate.ts";
import { MIGRATIONS_FOLDER, readMigrations } from "#server/db/migration-files.ts";
import type { MigrationFiles } from "#server/db/migration-files.ts";
import { withMigrationLock } from "#server/db/migration-lock.ts";
import { BackupReader } from "./backup-reader.ts";
import { BackupError, copyIn } from "./format.ts";
import type { Header, TableInHeader, TableInTrailer, Trailer } from "./format.ts";
import { makeSchema, removeSchema, withBareTables } from "./rebuild.ts";
import { checkTables, migrationsIn, migrationsOf, refuseWhileRunning, tablesWithRows } from "./restorable.ts";
import { applySettings } from "./session.ts";
import { sumOfTable, summed } from "./table-text.ts";
import { tablesAfter } from "./tables.ts";

export type Restored = {
  header: Header;
  trailer: Trailer;
  /** Migrations that came after the backup. */ migrated: string[];
};

type Options = { url: string; file: string; /** Whether what is there may go. */ replace: boolean; folder?: string };

/**
 * Brings a database to what a backup says, in one transaction: whatever fails before its end, nothing has changed.
 * What is in the database afterwards is read again and compared with the sums of the backup before it counts. Then
 * migrates up to the newest. Needs to own the tables, not to be a superuser.
 */
export async function restoreBackup({ url, file, replace, folder = MIGRATIONS_FOLDER }: Options): Promise<Restored> {
  const known = readMigrations(folder);
  let restored: Omit<Restored, "migrated"> | undefined;
  try {
    await pipeline(createReadStream(file), createGunzip(), async (source: AsyncIterable<Buffer>) => {
      const reader = new BackupReader(source);
      const header = await reader.header();
      const migrations = migrationsOf(header, known);
      checkTables(header, migrations);
      restored = await withMigrationLock(url, (client) =>
        replaceAll({ client, reader, header, migrations, known, replace }),
      );
    });
  } catch (error) {
    throw explained(error, file);
  }
  if (!restored) throw new Error("The backup was not read.");
  return { ...restored, migrated: await bringUpToDate(url, folder) };
}

/** The rows count from here on, whatever happens. */
async function bringUpToDate(url: string, folder: string): Promise<string[]> {
  try {
    const migrated = await migrateUp(url, folder);
    await withMigrationLock(url, (client) => client.query("ANALYZE"));
    return migrated;
  } catch (error) {
    throw new BackupError(
      `The backup is restored, but not brought up to date: ${(error as Error).message}. Run npm run migrate -- up.`,
    );
  }
}

type Work = {
  client: pg.Client;
  reader: BackupReader;
  header: Header;
  migrations: MigrationFiles[];
  known: MigrationFiles[];
  replace: boolean;
};

async function replaceAll({
  client,
  reader,
  header,
  migrations,
  known,
  replace,
}: Work): Promise<Omit<Restored, "migrated">> {
  const present = await migrationsIn(client, known);
  await refuseWhileRunning(client, present);
  const full = await tablesWithRows(client, present);
  if (full.length > 0 && !replace) {
    throw new BackupError(
      `The database is not empty (${full.join(", ")}). --replace deletes what is in it and restores. Nothing was changed.`,
    );
  }
  await client.query("BEGIN");
  try {
    await applySettings(client);
    await removeSchema(client, present);
    await makeSchema(client, migrations);
    const last = migrations.at(-1);
    const read: TableInTrailer[] = [];
    let trailer: Trailer | undefined;
    await withBareTables(client, last ? tablesAfter(last) : [], async () => {
      for (const table of header.tables) read.push(await loadTable(client, reader, table));
      trailer = await reader.trailer();
      await verify(client, { header, trailer, read });
    });
    if (!trailer) throw new Error("The trailer was not read.");
    await setSequences(client, trailer);
    await client.query("COMMIT");
    return { header, trailer };
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw error;
  }
}

async function loadTable(client: pg.Client, reader: BackupReader, table: TableInHeader): Promise<TableInTrailer> {
  const sum = summed();
  const into = client.query(from(copyIn(table)));
  await pipeline(reader.table(table), sum.through, into);
  return { name: table.name, rows: into.rowCount, ...sum.result() };
}

/** Compares the sums of the backup with what was read from it, and with what the database gives back. */
async function verify(
  client: pg.Client,
  { header, trailer, read }: { header: Header; trailer: Trailer; read: TableInTrailer[] },
): Promise<void> {
  const text = (table: TableInTrailer | undefined) =>
    table && `${table.name}: ${table.rows} rows, ${table.bytes} bytes, ${table.sha256}`;
  for (const [index, table] of header.tables.entries()) {
    const expected = text(trailer.tables[index]);
    if (text(read[index]) !== expected)
      throw new BackupError(
        `The table ${table.name} is not as it was written (${text(read[index])}, not ${expected}).`,
      );
    const kept = text(await sumOfTable(client, table));
    if (kept !== expected)
      throw new BackupError(
        `The database gives back another ${table.name} than it was given (${kept}, not ${expected}).`,
      );
  }
}

/**
 * How far the numbers of events jump. A page that was open before the restore may have seen higher numbers than the
 * backup knows; behind a gap it learns that its own means nothing, and loads everything.
 */
const EVENTS_GAP = 1_000_000_000n;

async function setSequences(client: pg.Client, { sequences }: Trailer): Promise<void> {
  for (const { name, last } of sequences) {
    const value = name === "events_cursor_seq" ? BigInt(last ?? 0) + EVENTS_GAP : last;
    if (value !== null)
      await client.query("SELECT setval(format('public.%I', $1::text)::regclass, $2::bigint)", [name, String(value)]);
  }
}

/** One line for what a person can do something about. */
function explained(error: unknown, file: string): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOENT" || code === "EACCES" || code === "EISDIR")
    return new BackupError(`${file} cannot be read: ${message}`);
  if (code?.startsWith("Z_")) return new BackupError(`${file} is damaged (${message}). Nothing was changed.`);
  if (error instanceof pg.DatabaseError)
    return new BackupError(`${message}${error.detail ? ` (${error.detail})` : ""}. Nothing was changed.`);
  return error;
}
