import type pg from "pg";

/** Holds what the seed is made from; dropped at the end. */
export const scratch = "quarterdeck_load";

/** How much is made. */
export type Size = { services: number; deployments: number; days: number };

/**
 * `new_id` makes ids as `newId` does: a prefix and a UUIDv7 without dashes, the moment first, so that ids are in the
 * order of time. What follows the moment comes from a hash, so that equal numbers give equal ids. Written so that
 * PostgreSQL puts the body into the statements (one expression, nothing that is only stable), which makes them ten
 * times as fast.
 */
export async function openScratch(client: pg.Client): Promise<void> {
  await client.query(`
    drop schema if exists ${scratch} cascade;
    create schema ${scratch};
    create function ${scratch}.new_id(prefix text, at timestamptz, number bigint) returns text
      language sql immutable parallel safe as $$
        select prefix || '_' || lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0')
          || substr(overlay(overlay(md5(prefix || number::text) placing '7' from 1) placing '8' from 5), 1, 20) $$`);
}

export async function closeScratch(client: pg.Client): Promise<void> {
  await client.query(`drop schema if exists ${scratch} cascade`);
}
