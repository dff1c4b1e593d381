import pg from "pg";

/** Creates a database when it is missing; `url` is any database of the same PostgreSQL. */
export async function createDatabase(url: string, name: string, template = "template1"): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [name]);
    if (rowCount) return;
    const quoted = pg.escapeIdentifier;
    await client.query(`CREATE DATABASE ${quoted(name)} TEMPLATE ${quoted(template)}`);
  } finally {
    await client.end();
  }
}
