import pg from "pg";
import { inject, afterAll, expect, test } from "vitest";
import { randomUUID } from "node:crypto";
import { ensureQkartDatabases } from "./databases.ts";

const adminUrl = inject("postgresUrl");
// Roles and databases belong to the whole cluster, which other test files use too.
const environments = [`a-${randomUUID().slice(0, 8)}`, `b-${randomUUID().slice(0, 8)}`];
const names = environments.map((environment) => `qkart_${environment.replaceAll("-", "_")}`);

async function query<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

afterAll(async () => {
  for (const name of names) {
    await query(adminUrl, `drop database if exists ${name} with (force)`);
    await query(adminUrl, `drop role if exists ${name}`);
  }
});

test("each environment gets a migrated, seeded database of its own, the same on a second run", async () => {
  const urls = await ensureQkartDatabases({ adminUrl, environments });
  expect(Object.keys(urls)).toEqual(environments);
  const [first = "", second = ""] = Object.values(urls);
  await query(first, "update shop.products set name = 'changed' where id = 'desk-lamp'");
  await query(first, "insert into shop.carts (id) values (gen_random_uuid())");

  expect(await ensureQkartDatabases({ adminUrl, environments })).toEqual(urls);
  expect(await query(first, "select name from shop.products where id = 'desk-lamp'")).toEqual([{ name: "Desk lamp" }]);
  expect(await query(first, "select count(*)::int as carts from shop.carts")).toEqual([{ carts: 1 }]);
  expect(await query(second, "select count(*)::int as carts from shop.carts")).toEqual([{ carts: 0 }]);
});

test("QKart's role is no administrator and cannot enter another environment's database", async () => {
  const urls = await ensureQkartDatabases({ adminUrl, environments });
  const [first = "", second = ""] = Object.values(urls);
  expect(
    await query(first, "select rolsuper, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user"),
  ).toEqual([{ rolsuper: false, rolcreaterole: false, rolcreatedb: false }]);
  expect(first).not.toContain(new URL(adminUrl).password);
  const trespass = new URL(first);
  trespass.pathname = new URL(second).pathname;
  await expect(query(trespass.href, "select 1")).rejects.toThrow("permission denied for database");
});

test("an environment that cannot be a name is refused", async () => {
  await expect(ensureQkartDatabases({ adminUrl, environments: ['x"; drop role postgres'] })).rejects.toThrow(
    "cannot be part of a database's name",
  );
});
