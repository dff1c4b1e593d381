import type { DiagnoseMigrationHistoryOutput, SchemaEngine } from "@prisma/schema-engine-wasm";
import type pg from "pg";
import { migrateJobQueue } from "../jobs/migrate-queue.ts";
import { asMigrationList, MIGRATIONS_FOLDER, readMigrations } from "./migration-files.ts";
import type { MigrationFiles } from "./migration-files.ts";
import { withMigrationLock } from "./migration-lock.ts";
import { openSchemaEngine } from "./schema-engine.ts";

/** `edited`: the file differs from what was applied. `missing`: applied, but its file is gone. */
export type MigrationState = "applied" | "pending" | "edited" | "missing" | "failed";
export type MigrationStatus = { name: string; state: MigrationState };

const FILTERS = { externalTables: [], externalEnums: [] };

/** Compares a database with the migrations; changes nothing. */
export async function migrationStatus(url: string, folder = MIGRATIONS_FOLDER): Promise<MigrationStatus[]> {
  const files = readMigrations(folder);
  const { engine, close } = await openSchemaEngine(url);
  try {
    return statesOf(files, await diagnose(engine, files, folder));
  } finally {
    await close();
  }
}

/**
 * Applies what is pending, and the tables of the job queue. Each migration is one transaction together with its
 * row in `_prisma_migrations`: whatever kills it, it is applied whole or not at all.
 * @returns the names of the migrations that were applied now.
 */
export async function migrateUp(url: string, folder = MIGRATIONS_FOLDER): Promise<string[]> {
  return withMigrationLock(url, async () => {
    const files = readMigrations(folder);
    const scripts = new Set(files.map(({ up }) => up));
    const { engine, close } = await openSchemaEngine(url, (script) => (scripts.has(script) ? script + FINISH : script));
    try {
      const diagnosis = await diagnose(engine, files, folder);
      refuseChangedHistory(statesOf(files, diagnosis));
      for (const migrationName of diagnosis.failedMigrationNames)
        await engine.markMigrationRolledBack({ migrationName });
      const migrationsList = asMigrationList(files, folder);
      const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: FILTERS });
      await migrateJobQueue(url);
      return appliedMigrationNames;
    } finally {
      await close();
    }
  });
}

/** Prisma's engine writes the finish in a transaction of its own, after a kill could have come between the two. */
const FINISH = `
;UPDATE "_prisma_migrations" SET finished_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL;`;

/**
 * Undoes the last migration with its down.sql.
 * @returns its name, or undefined when nothing is applied.
 */
export async function migrateDown(url: string, folder = MIGRATIONS_FOLDER): Promise<string | undefined> {
  return withMigrationLock(url, async (client) => {
    const name = await lastApplied(client);
    if (name === undefined) return undefined;
    const files = readMigrations(folder).find((migration) => migration.name === name);
    if (files?.down === undefined) throw new Error(`Migration ${name} cannot be undone: it has no down.sql here.`);
    await client.query("BEGIN");
    try {
      await client.query(files.down);
      await client.query('DELETE FROM "_prisma_migrations" WHERE migration_name = $1', [name]);
      await client.query("COMMIT");
    } catch (error) {
      await client.query("ROLLBACK");
      throw new Error(`Migration ${name} was not undone: ${(error as Error).message}`, { cause: error });
    }
    return name;
  });
}

async function lastApplied(client: pg.Client): Promise<string | undefined> {
  const { rows: tables } = await client.query(`SELECT to_regclass('"_prisma_migrations"') AS found`);
  if (tables[0].found === null) return undefined;
  const { rows } = await client.query(
    `SELECT migration_name FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL
     ORDER BY migration_name DESC LIMIT 1`,
  );
  return rows[0]?.migration_name;
}

function diagnose(engine: SchemaEngine, files: MigrationFiles[], folder: string) {
  const migrationsList = asMigrationList(files, folder);
  return engine.diagnoseMigrationHistory({ migrationsList, optInToShadowDatabase: false, filters: FILTERS });
}

function statesOf(files: MigrationFiles[], diagnosis: DiagnoseMigrationHistoryOutput): MigrationStatus[] {
  const { history } = diagnosis;
  const pending = new Set(history && "unappliedMigrationNames" in history ? history.unappliedMigrationNames : []);
  const missing = history && "unpersistedMigrationNames" in history ? history.unpersistedMigrationNames : [];
  const failed = new Set(diagnosis.failedMigrationNames);
  const edited = new Set(diagnosis.editedMigrationNames);
  const stateOf = (name: string): MigrationState => {
    if (failed.has(name)) return "failed";
    if (edited.has(name)) return "edited";
    return pending.has(name) ? "pending" : "applied";
  };
  return [
    ...files.map(({ name }) => ({ name, state: stateOf(name) })),
    ...missing.map((name) => ({ name, state: "missing" as const })),
  ].sort((a, b) => a.name.localeCompare(b.name));
}

function refuseChangedHistory(states: MigrationStatus[]): void {
  const changed = states.filter(({ state }) => state === "edited" || state === "missing");
  if (changed.length === 0) return;
  const list = changed.map(({ name, state }) => `${name} is ${state}`).join(", ");
  throw new Error(
    `The database was migrated by other files than these: ${list}. ` +
      "Restore the files that were applied: a migration is never changed, a new one is added.",
  );
}
