import { createHash } from "node:crypto";
import pg from "pg";

export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * Rows and a hash per table of the schema `public`, whatever order the rows are in: PostgreSQL's own text of each row,
 * sorted by bytes. Knows nothing of how a backup reads them.
 */
export function contentOf(url: string): Promise<Record<string, string>> {
  return withClient(url, async (client) => {
    await client.query("SET timezone = 'UTC'");
    const { rows: tables } = await client.query<{ name: string }>(
      "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1",
    );
    const content: Record<string, string> = {};
    for (const { name } of tables) {
      const { rows } = await client.query<{ line: string }>(
        `SELECT t::text AS line FROM "${name}" t ORDER BY t::text COLLATE "C"`,
      );
      const hash = createHash("sha256");
      for (const { line } of rows) hash.update(`${line.length} ${line}\n`);
      content[name] = `${rows.length} rows, ${hash.digest("hex")}`;
    }
    return content;
  });
}
