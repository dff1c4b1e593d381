import pg from "pg";

/** Any number, the same in every process of this product: two starts at once migrate one after the other. */
const LOCK = 7_120_618_400;

/** Runs `work` on a connection that holds the migration lock; waits while another process holds it. */
export async function withMigrationLock<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [LOCK]);
    return await work(client);
  } finally {
    await client.end();
  }
}
