import type { Db } from "../../db/client.ts";

/**
 * Reads one hash over every row of every table, so that a test sees any change, whatever made it. It is a function in the
 * database, which plans it once: a test reads it thousands of times.
 */
export async function fingerprintOf(db: Db): Promise<() => Promise<string>> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('public', 'graphile_worker') order by 1`;
  const rows = tables.map(
    ({ name }) => `select md5(coalesce(string_agg(t::text, ',' order by t::text), '')) as hash from ${name} t`,
  );
  const sql = `select md5(string_agg(hash, ',')) as hash from (${rows.join(" union all ")}) hashes`;
  await db.$executeRawUnsafe("create schema if not exists fingerprints");
  await db.$executeRawUnsafe(
    `create or replace function fingerprints.now() returns text language plpgsql as $$ begin return (${sql}); end $$`,
  );
  return async () => {
    const [row] = await db.$queryRaw<{ hash: string }[]>`select fingerprints.now() as hash`;
    return row?.hash ?? "";
  };
}
