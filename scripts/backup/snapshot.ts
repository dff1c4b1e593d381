import type pg from "pg";
import { MIGRATIONS_FOLDER, readMigrations } from "#server/db/migration-files.ts";
import { BackupError, copyLine, FORMAT, jsonLine, TABLE_END } from "./format.ts";
import type { Header, TableInTrailer, Trailer } from "./format.ts";
import { applySettings } from "./session.ts";
import { appliedMigrations, columnsOf, LEFT_OUT, tablesAfter } from "./tables.ts";
import { tableText } from "./table-text.ts";

/**
 * Begins the transaction that a backup is read in: everything is as of one moment, whoever writes meanwhile.
 * REPEATABLE READ is enough, since no transaction of the product is serializable, and works on a read replica, too.
 * The tables are locked (against changes of their shape alone) before the moment is taken: COPY would read a table
 * that was rewritten after it as empty.
 */
export async function beginSnapshot(client: pg.Client, product: string, folder = MIGRATIONS_FOLDER): Promise<Header> {
  const before = await appliedMigrations(client);
  const known = readMigrations(folder);
  const newest = before.at(-1);
  if (!newest) throw new BackupError("The database has no tables of the product yet: there is nothing to back up.");
  const migration = known.find(({ name }) => name === newest.name);
  if (!migration) {
    throw new BackupError(
      `The database is at migration ${newest.name}, which is newer than this code. Back it up with its own version.`,
    );
  }
  const names = tablesAfter(migration);
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  await applySettings(client);
  await client.query(`LOCK TABLE ${names.map((name) => `public."${name}"`).join(", ")} IN ACCESS SHARE MODE`);
  const migrations = await appliedMigrations(client);
  if (migrations.at(-1)?.name !== newest.name)
    throw new BackupError("The database was migrated just now. Start the backup again.");
  const tables = await columnsOf(
    client,
    names.filter((name) => !LEFT_OUT.includes(name)),
  );
  const { rows } = await client.query("SELECT current_setting('server_version') AS version, now() AS at");
  const madeAt = (rows[0].at as Date).toISOString();
  return { "quarterdeck-backup": FORMAT, product, postgres: rows[0].version, madeAt, migrations, tables };
}

/** The text of a backup, in pieces, and the trailer in the end. */
export async function* backupText(client: pg.Client, header: Header): AsyncGenerator<Buffer, Trailer> {
  yield Buffer.from(jsonLine(header));
  const tables: TableInTrailer[] = [];
  for (const table of header.tables) {
    yield Buffer.from(copyLine(table));
    tables.push(yield* tableText(client, table));
    yield Buffer.from(TABLE_END);
  }
  // Sequences know no transactions: read last, their values are at least those that the rows above use.
  const { rows: sequences } = await client.query<{ name: string; last: string | null }>(
    "SELECT sequencename AS name, last_value::text AS last FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1",
  );
  const trailer: Trailer = { "quarterdeck-backup-end": FORMAT, tables, sequences };
  yield Buffer.from(jsonLine(trailer));
  return trailer;
}
