import { runMigrations } from "graphile-worker";
import pg from "pg";

/** Creates or updates the job queue's own tables. With a pool of our own: the queue's would stay open for its idle time. */
export async function migrateJobQueue(url: string): Promise<void> {
  const pgPool = new pg.Pool({ connectionString: url, max: 2 });
  // The queue asks for listeners; a connection that is lost in use fails its query, which is enough.
  pgPool.on("error", () => {}).on("connect", (client) => client.on("error", () => {}));
  try {
    await runMigrations({ pgPool });
  } finally {
    await pgPool.end();
  }
}
