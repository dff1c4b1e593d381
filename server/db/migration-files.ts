import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { MigrationList } from "@prisma/schema-engine-wasm";

/** Where the product's migrations live. */
export const MIGRATIONS_FOLDER = path.resolve(import.meta.dirname, "../../prisma/migrations");

/** One folder of migrations: `migration.sql` forward, `down.sql` back, `schema.prisma` the data model afterwards. */
export type MigrationFiles = { name: string; up: string; down: string | undefined; schema: string | undefined };

/** Reads all migrations, oldest first. */
export function readMigrations(folder = MIGRATIONS_FOLDER): MigrationFiles[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return names
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const read = (file: string) => {
        const full = path.join(folder, name, file);
        return existsSync(full) ? readFileSync(full, "utf8") : undefined;
      };
      const up = read("migration.sql");
      if (up === undefined) throw new Error(`Migration ${name} has no migration.sql.`);
      return { name, up, down: read("down.sql"), schema: read("schema.prisma") };
    });
}

/** The same in the shape that Prisma's engine takes. */
export function asMigrationList(migrations: MigrationFiles[], folder = MIGRATIONS_FOLDER): MigrationList {
  return {
    baseDir: folder,
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    shadowDbInitScript: "",
    migrationDirectories: migrations.map(({ name, up }) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok", value: up } },
    })),
  };
}
