/** The seed command: puts the catalogue into the database of DATABASE_URL; run it as often as you like. */
import pg from "pg";
import { seedCatalogue } from "./catalogue.ts";

const url = process.env["DATABASE_URL"];
if (url === undefined) {
  console.error("DATABASE_URL is not set");
  process.exit(1);
}
const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
try {
  await client.connect();
  console.log(`${await seedCatalogue(client)} products`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await client.end();
}
