import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import type { Client } from "pg";

export type Migration = { version: number; name: string; up: string; down: string; checksum: string };
export type Applied = { version: number; name: string; checksum: string };

const folder = new URL("./migrations/", import.meta.url);
/** Any number that is QKart's own: one migration run at a time per database. */
const lockKey = 7_152_781;

/** All migrations in the order of their numbers. */
export async function readMigrations(): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".up.sql")).sort();
  return Promise.all(
    files.map(async (file) => {
      const name = file.replace(".up.sql", "");
      const up = await readFile(new URL(file, folder), "utf8");
      const down = await readFile(new URL(`${name}.down.sql`, folder), "utf8");
      return {
        version: Number(name.slice(0, 4)),
        name,
        up,
        down,
        checksum: createHash("sha256").update(up).digest("hex"),
      };
    }),
  );
}

export async function appliedMigrations(client: Client): Promise<Applied[]> {
  await client.query("create schema if not exists shop");
  await client.query(
    `create table if not exists shop.migrations
     (version integer primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())`,
  );
  return (await client.query<Applied>("select version, name, checksum from shop.migrations order by version")).rows;
}

/** Brings the schema to `target` (default: the newest), each step in a transaction of its own; returns the steps' names. */
export async function migrateTo(client: Client, target?: number): Promise<string[]> {
  await client.query("select pg_advisory_lock($1)", [lockKey]);
  try {
    const known = await readMigrations();
    const applied = await appliedMigrations(client);
    refuseChanged(known, applied);
    const wanted = target ?? known.at(-1)?.version ?? 0;
    const current = applied.at(-1)?.version ?? 0;
    const ups = known.filter(({ version }) => version > current && version <= wanted);
    const downs = known.filter(({ version }) => version <= current && version > wanted).reverse();
    for (const step of ups)
      await apply(client, step.up, "insert into shop.migrations (version, name, checksum) values ($1, $2, $3)", [
        step.version,
        step.name,
        step.checksum,
      ]);
    for (const step of downs)
      await apply(client, step.down, "delete from shop.migrations where version = $1", [step.version]);
    return [...ups.map(({ name }) => `up ${name}`), ...downs.map(({ name }) => `down ${name}`)];
  } finally {
    await client.query("select pg_advisory_unlock($1)", [lockKey]);
  }
}

async function apply(client: Client, sql: string, record: string, values: unknown[]): Promise<void> {
  await client.query("begin");
  try {
    await client.query(sql);
    await client.query(record, values);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}

function refuseChanged(known: Migration[], applied: Applied[]): void {
  for (const one of applied) {
    const file = known.find(({ version }) => version === one.version);
    if (file === undefined) throw new Error(`the database has migration ${one.name}, which this version does not know`);
    if (file.checksum !== one.checksum) throw new Error(`migration ${one.name} was changed after it was applied`);
  }
}
