/** The migration command: `node migrate.ts [up | down | to VERSION | status]` on the database of DATABASE_URL. */
import pg from "pg";
import { appliedMigrations, migrateTo, readMigrations } from "./migrations.ts";

const [command = "up", argument] = process.argv.slice(2);
const url = process.env["DATABASE_URL"];

async function run(client: pg.Client): Promise<string[]> {
  const applied = await appliedMigrations(client);
  const versions = applied.map(({ version }) => version);
  if (command === "up") return migrateTo(client);
  if (command === "down") return migrateTo(client, versions.at(-2) ?? 0);
  if (command === "to" && argument !== undefined && /^\d+$/.test(argument)) return migrateTo(client, Number(argument));
  if (command === "status")
    return (await readMigrations()).map(
      ({ name, version }) => `${versions.includes(version) ? "applied" : "pending"} ${name}`,
    );
  throw new Error("usage: migrate [up | down | to VERSION | status]");
}

if (url === undefined) {
  console.error("DATABASE_URL is not set");
  process.exit(1);
}
const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
try {
  await client.connect();
  const lines = await run(client);
  console.log(lines.length === 0 ? "nothing to do" : lines.join("\n"));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await client.end();
}
