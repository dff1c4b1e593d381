import type { Db } from "../../db/client.ts";

/** Reads one hash over every row of every table, so that a test sees any change, whatever made it. */
export async function fingerprintOf(db: Db): Promise<() => Promise<string>> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('public', 'graphile_worker') order by 1`;
  const rows = tables.map(
    ({ name }) => `select md5(coalesce(string_agg(t::text, ',' order by t::text), '')) as hash from ${name} t`,
  );
  const sql = `select md5(string_agg(hash, ',')) as hash from (${rows.join(" union all ")}) hashes`;
  return async () => {
    const [row] = await db.$queryRawUnsafe<{ hash: string }[]>(sql);
    return row?.hash ?? "";
  };
}
