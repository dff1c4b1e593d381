import type { TestProject } from "vitest/node";
import { migrateUp } from "../db/migrate.ts";
import { createDatabase } from "../db/create-database.ts";
import { startThrowAwayPostgres } from "./postgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Connection string of the maintenance database of the tests' PostgreSQL. */
    postgresUrl: string;
    /** Name of a migrated, empty database that nobody is connected to. */
    templateDatabase: string;
  }
}

const TEMPLATE = "quarterdeck_template";

/** Before any integration test: one PostgreSQL with one migrated database, which tests copy. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startThrowAwayPostgres();
  await createDatabase(postgres.url("postgres"), TEMPLATE);
  await migrateUp(postgres.url(TEMPLATE));
  project.provide("postgresUrl", postgres.url("postgres"));
  project.provide("templateDatabase", TEMPLATE);
  return postgres.stop;
}
