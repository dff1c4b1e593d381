import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { config } from "../core/config.ts";
import { log } from "../core/log.ts";
import { watchPool } from "../core/metrics.ts";
import { oncePerProcess } from "../core/once-per-process.ts";
import { PrismaClient, type Prisma } from "./generated/client.ts";

export type Db = PrismaClient;
export type Tx = Prisma.TransactionClient;

/** Every transaction's, in milliseconds: how long it waits to begin, and may last. Prisma's own are a third of that. */
const transactionOptions = { maxWait: 5_000, timeout: 15_000 };

/**
 * Opens a pool of bounded size whose statements, waits and idle transactions all end. `timeout` is for a statement, in
 * milliseconds. A wait for a lock ends before it, so that the rest of a transaction still has time.
 */
export function openDb(
  url: string,
  poolMax = config().DATABASE_POOL_MAX,
  timeout = config().DATABASE_STATEMENT_TIMEOUT_MS,
): Db {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolMax,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: timeout,
    lock_timeout: Math.ceil((timeout * 2) / 3),
    idle_in_transaction_session_timeout: timeout,
    application_name: "quarterdeck",
  });
  watchPool(pool);
  const adapter = new PrismaPg(pool, {
    disposeExternalPool: true,
    onPoolError: (error) => log.warn({ err: error }, "idle database connection lost"),
  });
  return new PrismaClient({ adapter, transactionOptions });
}

/** This process's database. Throws when `DATABASE_URL` is not set. */
export function db(): Db {
  const url = config().DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is not set. npm start sets it for the embedded database.");
  return oncePerProcess("database", () => openDb(url));
}

/** Runs `body` in a transaction, joining the one that `on` already is. */
export async function inTransaction<T>(on: Db | Tx, body: (tx: Tx) => Promise<T>): Promise<T> {
  if (!("$transaction" in on)) return body(on);
  return on.$transaction(body);
}

type Answers<Asks extends readonly (() => Promise<unknown>)[]> = {
  -readonly [K in keyof Asks]: Awaited<ReturnType<Asks[K]>>;
};

/** Asks what does not depend on each other at once; inside a transaction, whose connection does one thing at a time, in turn. */
export async function together<const Asks extends readonly (() => Promise<unknown>)[]>(
  on: Db | Tx,
  asks: Asks,
): Promise<Answers<Asks>> {
  if ("$transaction" in on) return (await Promise.all(asks.map((ask) => ask()))) as Answers<Asks>;
  const answers: unknown[] = [];
  for (const ask of asks) answers.push(await ask());
  return answers as Answers<Asks>;
}
