import type { Pool, PoolClient, QueryResultRow } from "pg";
import { Problem } from "../service/exchange.ts";
import { errorFields, type Log } from "../service/log.ts";
import type { Check } from "../service/serve.ts";

const retryMs = 1_000;
const checkTimeoutMs = 2_000;

export type Query = <Row extends QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<Row[]>;

export type Database = {
  query: Query;
  /** Runs in one transaction; rolled back when `run` throws. */
  transaction<T>(run: (query: Query) => Promise<T>): Promise<T>;
  check(): Promise<Check>;
  /** Tries in the background, each second, until the first connection stands, so that requests meet a warm pool. */
  connectUntilReady(): void;
  close(): Promise<void>;
};

/** The pool behind every route. An unreachable server is a 503 problem for requests, never the end of the process. */
export function createDatabase({ url, log }: { url: string | undefined; log: Log }): Database {
  let pool: Pool | undefined;
  let retry: NodeJS.Timeout | undefined;
  let closed = false;

  async function getPool(): Promise<Pool> {
    if (url === undefined) throw new Error("DATABASE_URL is not set");
    // Loaded on first use: the process listens before it pays for the driver.
    const { default: pg } = await import("pg");
    if (pool === undefined) {
      pool = new pg.Pool({
        connectionString: url,
        max: 4,
        connectionTimeoutMillis: 2_000,
        idleTimeoutMillis: 30_000,
        statement_timeout: 5_000,
        application_name: "qkart-backend",
      });
      pool.on("error", (error) => log("warn", "an idle database connection was lost", { error: error.message }));
    }
    return pool;
  }

  async function connect(): Promise<PoolClient> {
    try {
      return await (await getPool()).connect();
    } catch (error) {
      throw new Problem(503, "The database is not reachable.", { cause: error });
    }
  }

  async function withClient<T>(run: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await connect();
    let failure: Error | undefined;
    try {
      return await run(client);
    } catch (error) {
      failure = brokenConnection(error);
      throw failure === undefined ? error : new Problem(503, "The database connection was lost.", { cause: failure });
    } finally {
      client.release(failure);
    }
  }

  const queryOf =
    (client: PoolClient): Query =>
    async (text, values = []) =>
      (await client.query(text, [...values])).rows;

  async function check(): Promise<Check> {
    const late = new Promise<never>((_, reject) =>
      setTimeout(reject, checkTimeoutMs, new Error("no answer in time")).unref(),
    );
    try {
      await Promise.race([withClient((client) => client.query("select 1")), late]);
      return { name: "database", ok: true };
    } catch (error) {
      return { name: "database", ok: false, detail: reasonOf(error) };
    }
  }

  return {
    query: (text, values) => withClient((client) => queryOf(client)(text, values)),
    transaction: (run) =>
      withClient(async (client) => {
        await client.query("begin");
        try {
          const result = await run(queryOf(client));
          await client.query("commit");
          return result;
        } catch (error) {
          await client
            .query("rollback")
            .catch((rollbackError: unknown) => log("warn", "rollback failed", errorFields(rollbackError)));
          throw error;
        }
      }),
    check,
    connectUntilReady() {
      const attempt = async (count: number): Promise<void> => {
        const result = await check();
        if (closed || result.ok) {
          if (result.ok && count > 1) log("info", "database reached", { attempts: count });
          return;
        }
        if (count === 1) log("warn", "the database is not reachable yet", { error: result.detail });
        retry = setTimeout(() => void attempt(count + 1), retryMs);
      };
      void attempt(1);
    },
    async close() {
      closed = true;
      clearTimeout(retry);
      await pool?.end();
    },
  };
}

function reasonOf(error: unknown): string {
  if (error instanceof Problem && error.cause !== undefined) return reasonOf(error.cause);
  // A refused connection to a name with several addresses has an empty message of its own.
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}

/** The error when it means that the connection, not the statement, failed. */
function brokenConnection(error: unknown): Error | undefined {
  if (!(error instanceof Error) || error instanceof Problem) return undefined;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  // 57P01..57P03: the server is shutting down or starting; no SQLSTATE: the socket failed.
  const isStatementError = /^[0-9A-Z]{5}$/.test(code) && !code.startsWith("57P") && !code.startsWith("08");
  return isStatementError || error instanceof TypeError ? undefined : error;
}
