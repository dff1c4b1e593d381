import { errorFields, type Log } from "../service/log.ts";
import type { Database } from "./database.ts";

const everyMs = 10 * 60_000;

/** Keeps the database bounded: deletes carts that nobody touched for an hour and orders of 30 days ago. */
export async function sweep(database: Pick<Database, "query">): Promise<void> {
  await database.query("delete from shop.carts where updated_at < now() - interval '1 hour'");
  await database.query("delete from shop.orders where created_at < now() - interval '30 days'");
}

/** Sweeps every ten minutes; tasks that sweep at the same time do no harm. Returns a function that stops it. */
export function startSweeping(database: Database, log: Log): () => void {
  const timer = setInterval(() => {
    sweep(database).catch((error: unknown) => log("warn", "could not sweep old carts", errorFields(error)));
  }, everyMs).unref();
  return () => clearInterval(timer);
}
