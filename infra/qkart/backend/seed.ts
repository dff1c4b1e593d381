/** The seed command: puts the catalogue into the database of DATABASE_URL; run it as often as you like. */
import pg from "pg";
import { seedCatalogue } from "./catalogue.ts";

const client = new pg.Client({ connectionString: process.env["DATABASE_URL"], connectionTimeoutMillis: 10_000 });
await client.connect();
try {
  console.log(`${await seedCatalogue(client)} products`);
} finally {
  await client.end();
}
