import { randomUUID } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { seedCatalogue } from "../backend/catalogue.ts";
import { migrateTo } from "../backend/migrations.ts";

export type TestDatabase = { url: string; drop(): Promise<void> };

/** An empty database of its own for a test file, in the PostgreSQL that integration tests share. */
export async function emptyDatabase(): Promise<TestDatabase> {
  const adminUrl = inject("postgresUrl");
  const name = `qkart_test_${randomUUID().replaceAll("-", "")}`;
  await withClient(adminUrl, (client) => client.query(`create database ${name}`));
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => withClient(adminUrl, (client) => client.query(`drop database ${name} with (force)`)),
  };
}

/** A database with the newest schema and the catalogue. */
export async function shopDatabase(): Promise<TestDatabase> {
  const database = await emptyDatabase();
  await withClient(database.url, async (client) => {
    await migrateTo(client);
    await seedCatalogue(client);
  });
  return database;
}

async function withClient(url: string, run: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await run(client);
  } finally {
    await client.end();
  }
}
