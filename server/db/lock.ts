import pg from "pg";

/** Locks by name that end with the process, however it ends: session-level advisory locks on a connection of their own. */
export type Locks = {
  /** Runs `body` while holding the lock; answers undefined at once when somebody else holds it. */
  tryWith<T>(name: string, body: () => Promise<T>): Promise<{ value: T } | undefined>;
  close(): Promise<void>;
};

/** Opens locks on a pool of `max` connections: as many can be held at once. */
export function openLocks(connectionString: string, max: number): Locks {
  const pool = new pg.Pool({
    connectionString,
    max,
    application_name: "quarterdeck locks",
    connectionTimeoutMillis: 5_000,
  });
  // An idle connection that breaks is replaced at the next use; without a listener it would end the process.
  pool.on("error", () => undefined);
  return {
    async tryWith(name, body) {
      const client = await pool.connect();
      let broken = false;
      const onError = () => void (broken = true);
      client.on("error", onError);
      try {
        const { rows } = await client.query("select pg_try_advisory_lock(hashtextextended($1, 7316252)) as held", [
          name,
        ]);
        if (!rows[0].held) return undefined;
        try {
          return { value: await body() };
        } finally {
          if (!broken) await client.query("select pg_advisory_unlock(hashtextextended($1, 7316252))", [name]);
        }
      } finally {
        client.off("error", onError);
        client.release(broken);
      }
    },
    close: () => pool.end(),
  };
}
