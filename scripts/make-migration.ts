import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { currentDatamodel } from "#server/db/datamodel.ts";
import { diffDatamodels } from "#server/db/datamodel-diff.ts";
import { startThrowAwayPostgres } from "#server/testing/postgres.ts";
import { MIGRATIONS_FOLDER, readMigrations } from "#server/db/migration-files.ts";

/**
 * node scripts/make-migration.ts NAME: writes prisma/migrations/<time>_NAME with the SQL from the last migration's
 * data model to the current one, and back. Add by hand, to both files, what Prisma's language cannot say.
 */
const name = process.argv[2] ?? "";
if (!/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error("Usage: node scripts/make-migration.ts NAME, where NAME is lower case letters, digits and _");
  process.exit(1);
}

const before = readMigrations().at(-1)?.schema;
const after = currentDatamodel();
const { up, down } = await diffBothWays();
const stamp = new Date()
  .toISOString()
  .replace(/[^0-9]/g, "")
  .slice(0, 14);
const folder = path.join(MIGRATIONS_FOLDER, `${stamp}_${name}`);
mkdirSync(folder, { recursive: true });
writeFileSync(path.join(MIGRATIONS_FOLDER, "migration_lock.toml"), 'provider = "postgresql"\n');
writeFileSync(path.join(folder, "migration.sql"), up);
writeFileSync(path.join(folder, "down.sql"), down);
writeFileSync(path.join(folder, "schema.prisma"), after);
console.log(`Wrote ${path.relative(process.cwd(), folder)}: read migration.sql and down.sql before committing.`);

async function diffBothWays(): Promise<{ up: string; down: string }> {
  const postgres = await startThrowAwayPostgres();
  try {
    const url = postgres.url("postgres");
    const up = await diffDatamodels({ url, from: before, to: after });
    return { up, down: await diffDatamodels({ url, from: after, to: before }) };
  } finally {
    await postgres.stop();
  }
}
