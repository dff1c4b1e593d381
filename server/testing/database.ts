import { randomUUID } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { createDatabase } from "../db/create-database.ts";

export type TestDatabase = {
  url: string;
  /** Deletes the database, ending whatever is still connected. */
  drop(): Promise<void>;
};

/**
 * A database of its own for one test file, copied from the migrated template: call it in `beforeAll`, and `drop` in
 * `afterAll`. For integration tests only, whose set-up runs PostgreSQL.
 * @param kind "empty" for a database without any table.
 */
export async function testDatabase(kind: "migrated" | "empty" = "migrated"): Promise<TestDatabase> {
  const maintenance = inject("postgresUrl");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await createDatabase(maintenance, name, kind === "migrated" ? inject("templateDatabase") : "template1");
  const url = new URL(maintenance);
  url.pathname = `/${name}`;
  const drop = async () => {
    const client = new pg.Client({ connectionString: maintenance });
    await client.connect();
    await client.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`);
    await client.end();
  };
  return { url: url.href, drop };
}
