import type pg from "pg";

/** Holds what the seed is made from; dropped at the end. */
export const scratch = "quarterdeck_load";

/** How much is made. */
export type Size = { services: number; deployments: number; days: number };

/**
 * `new_id` makes ids as `newId` does: a prefix and a UUIDv7 without dashes, the moment first, so that ids are in the
 * order of time. The moment is in epoch milliseconds; what follows it is taken from another id, which is cheaper for
 * millions than a hash. One expression of immutable parts, so that PostgreSQL puts it into the statement.
 */
export async function openScratch(client: pg.Client): Promise<void> {
  await client.query(`
    drop schema if exists ${scratch} cascade;
    create schema ${scratch};
    create function ${scratch}.new_id(prefix text, ms bigint, other text) returns text
      language sql immutable parallel safe as $$ select prefix || '_' || lpad(to_hex(ms), 12, '0') || substr(other, 17) $$`);
}

export async function closeScratch(client: pg.Client): Promise<void> {
  await client.query(`drop schema if exists ${scratch} cascade`);
}
