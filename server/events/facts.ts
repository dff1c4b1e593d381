import type { Db, Tx } from "../db/client.ts";

/**
 * Tells live pages about facts that change every few seconds. By NOTIFY alone: nothing is kept, nothing is replayed,
 * because the next fact follows soon.
 */
export async function notifyFacts(on: Db | Tx, topic: string, id: string): Promise<void> {
  await on.$executeRaw`select pg_notify('quarterdeck_facts', ${JSON.stringify({ topic, id })})`;
}
