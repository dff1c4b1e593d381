import pg from "pg";

/**
 * A connection for millions of rows: memory for sorts and indexes, no limit on how long a statement takes. It uses one
 * processor, because there are several; and scans begin at the beginning, so that rows go in in the order of time.
 */
export async function bulkConnection(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: "quarterdeck seed" });
  await client.connect();
  await client.query(`
    set statement_timeout = 0; set synchronous_commit = off; set work_mem = '192MB'; set maintenance_work_mem = '256MB';
    set max_parallel_maintenance_workers = 0; set max_parallel_workers_per_gather = 0; set jit = off;
    set synchronize_seqscans = off`);
  return client;
}

/** An index or a primary key, with the statements that take it away and make it again. */
type Index = { drop: string; make: string };

/** What can be dropped for a while: plain indexes, and primary keys that no other table refers to. */
async function looseIndexes(client: pg.Client, table: string): Promise<Index[]> {
  const { rows } = await client.query<Index>(
    `select format('drop index %I', c.relname) as drop, pg_get_indexdef(c.oid) as make
       from pg_index i join pg_class c on c.oid = i.indexrelid
      where i.indrelid = $1::regclass and not exists (select from pg_constraint k where k.conindid = c.oid)
      union all
     select format('alter table %s drop constraint %I', k.conrelid::regclass, k.conname),
            format('alter table %s add constraint %I %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid))
       from pg_constraint k
      where k.conrelid = $1::regclass and k.contype = 'p'
        and not exists (select from pg_constraint f where f.contype = 'f' and f.confrelid = k.conrelid)`,
    [table],
  );
  return rows;
}

/**
 * Fills a table without its indexes, which are made at the end, in one transaction: whoever looks meanwhile, and
 * whatever is left by a process that was killed, has them. References are not checked row by row where the role may
 * leave that out, because they hold by construction.
 */
export async function fillTable(client: pg.Client, table: string, insert: string): Promise<void> {
  await client.query("begin");
  try {
    const { rows } = await client.query<{ super: boolean }>(
      "select rolsuper as super from pg_roles where rolname = current_user",
    );
    if (rows[0]?.super) await client.query("set local session_replication_role = replica");
    const indexes = await looseIndexes(client, table);
    for (const { drop } of indexes) await client.query(drop);
    await client.query(insert);
    for (const { make } of indexes) await client.query(make);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}
