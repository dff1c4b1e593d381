import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { MIGRATIONS_FOLDER, readMigrations } from "#server/db/migration-files.ts";
import { migrateUp, migrationStatus } from "#server/db/migrate.ts";
import { catalogOf } from "#server/testing/catalog.ts";
import { testDatabase, type TestDatabase } from "#server/testing/database.ts";
import { makeBackup } from "./make-backup.ts";
import { restoreBackup } from "./restore-backup.ts";
import { LEFT_OUT } from "./tables.ts";
import { fillAwkwardly } from "./testing/awkward-rows.ts";
import { contentOf, withClient } from "./testing/database-of.ts";

let from: TestDatabase;
let into: TestDatabase;
let folder: string;
let file: string;

beforeEach(async () => {
  [from, into] = await Promise.all([testDatabase(), testDatabase("empty")]);
  folder = mkdtempSync(path.join(tmpdir(), "quarterdeck-backup-"));
  file = path.join(folder, "quarterdeck.backup");
  await withClient(from.url, fillAwkwardly);
});

afterEach(async () => {
  await Promise.all([from.drop(), into.drop()]);
  rmSync(folder, { recursive: true });
});

const backUp = (url = from.url) => makeBackup({ url, file, product: "0.1.0" });
const restore = (options: { replace?: boolean; folder?: string } = {}) =>
  restoreBackup({ url: into.url, file, replace: false, ...options });

const without = (content: Record<string, string>, names: readonly string[]) =>
  Object.fromEntries(Object.entries(content).filter(([name]) => !names.includes(name)));

test("every table comes back as it was, and so do the schema and the numbers of events", async () => {
  const before = await contentOf(from.url);
  expect(
    Object.entries(before).filter(([, text]) => text.startsWith("0 rows")),
    "tables that the test does not fill",
  ).toEqual([]);
  const { trailer } = await backUp();
  expect(await contentOf(from.url)).toEqual(before);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(["quarterdeck.backup"]);
  expect(trailer.tables.map(({ name }) => name)).toEqual(
    Object.keys(before).filter((name) => !LEFT_OUT.includes(name)),
  );

  expect((await restore()).migrated).toEqual([]);
  const after = await contentOf(into.url);
  expect(without(after, LEFT_OUT)).toEqual(without(before, LEFT_OUT));
  expect(LEFT_OUT.map((name) => after[name]?.split(",")[0])).toEqual(["0 rows", "0 rows"]);
  expect(await catalogOf(into.url)).toEqual(await catalogOf(from.url));
  expect((await migrationStatus(into.url)).map(({ state }) => state)).toEqual(readMigrations().map(() => "applied"));
  await withClient(into.url, async (client) => {
    const { rows } = await client.query("SELECT nextval('events_cursor_seq')::bigint > 1000000000 AS ahead");
    expect(rows).toEqual([{ ahead: true }]);
    expect((await client.query("SELECT count(*)::int AS jobs FROM graphile_worker._private_jobs")).rows).toEqual([
      { jobs: 0 },
    ]);
    await expect(client.query("DELETE FROM audit_entries")).rejects.toThrow(/append-only/);
    await expect(client.query("DELETE FROM services WHERE id = 'sv0'")).rejects.toThrow(/foreign key/);
  });
});

test("is made while others write, and is of one moment: no run without its deployment, no deployment without its run", async () => {
  let writing = true;
  let written = 0;
  const writer = async (name: string) =>
    withClient(from.url, async (client) => {
      for (; writing; written++) {
        const id = `${name}${written}`;
        await client.query("BEGIN");
        await client.query(
          `INSERT INTO deployments (id, service_id, environment_id, release_id, created_by, status) VALUES ($1, 'sv0', 'e1', 'r1', 'u1', 'succeeded')`,
          [id],
        );
        await client.query(
          `INSERT INTO deployment_targets (id, deployment_id, target_id, status) VALUES ($1, $1, 'ta1', 'succeeded')`,
          [id],
        );
        await client.query("COMMIT");
      }
    });
  const writers = [writer("w"), writer("v")];
  while (written < 50) await new Promise((resolve) => setImmediate(resolve));
  const { trailer } = await backUp();
  const atEnd = written;
  while (written < atEnd + 10) await new Promise((resolve) => setImmediate(resolve));
  writing = false;
  await Promise.all(writers);
  await restore();
  const { rows } = await withClient(into.url, (client) =>
    client.query(`SELECT count(*)::int AS all, count(*) FILTER (WHERE r.id IS NULL)::int AS alone
                    FROM deployments d LEFT JOIN deployment_targets r ON r.deployment_id = d.id WHERE d.id <> 'd2'`),
  );
  expect(rows[0].alone).toBe(0);
  expect(rows[0].all + 1).toBe(trailer.tables.find(({ name }) => name === "deployments")?.rows);
});

test("a backup of an older migration comes back and is migrated to the newest", async () => {
  const [first] = readMigrations();
  const older = path.join(folder, "migrations");
  cpSync(path.join(MIGRATIONS_FOLDER, first?.name ?? ""), path.join(older, first?.name ?? ""), { recursive: true });
  const old = await testDatabase("empty");
  await migrateUp(old.url, older);
  await withClient(old.url, (client) =>
    client.query(
      `INSERT INTO teams (id, slug, name) VALUES ('t', 't', 'Crew'); INSERT INTO services (id, slug, name, team_id) VALUES ('s', 's', 'Ship', 't')`,
    ),
  );
  const before = await contentOf(old.url);
  await makeBackup({ url: old.url, file, product: "0.0.1", folder: older });
  await old.drop();
  const { migrated } = await restore();
  expect(migrated).toEqual(
    readMigrations()
      .slice(1)
      .map(({ name }) => name),
  );
  const after = await contentOf(into.url);
  expect(after["services"]).toBe(before["services"]);
  expect(await catalogOf(into.url)).toEqual(await catalogOf(from.url));
});

describe("refuses", () => {
  test("a database that is not empty, until --replace", async () => {
    await backUp();
    await restore();
    await withClient(into.url, (client) =>
      client.query("INSERT INTO teams (id, slug, name) VALUES ('mine', 'mine', 'Mine')"),
    );
    const before = await contentOf(into.url);
    await expect(restore()).rejects.toThrow(/not empty \(.*teams.*\)/);
    expect(await contentOf(into.url)).toEqual(before);
    await restore({ replace: true });
    expect(without(await contentOf(into.url), LEFT_OUT)).toEqual(without(await contentOf(from.url), LEFT_OUT));
  });

  test("a database that the product runs on: by its connections, and by a worker's heartbeat", async () => {
    await backUp();
    await restore();
    const running = new URL(into.url);
    running.searchParams.set("application_name", "quarterdeck");
    await withClient(running.href, () =>
      expect(restore({ replace: true })).rejects.toThrow(/uses this database \(1 connections, 0 workers/),
    );
    await withClient(into.url, (client) =>
      client.query(
        "INSERT INTO heartbeats (id, kind, started_at, at) VALUES ('w', 'worker', now(), now() + interval '1 hour')",
      ),
    );
    await expect(restore({ replace: true })).rejects.toThrow(/uses this database \(0 connections, 1 workers/);
  });

  test("a database of newer code, for a backup and for a restore", async () => {
    await backUp();
    await restore();
    await withClient(into.url, (client) =>
      client.query(`UPDATE _prisma_migrations SET migration_name = '29991231235959_future' WHERE migration_name = $1`, [
        readMigrations().at(-1)?.name,
      ]),
    );
    await expect(restore({ replace: true })).rejects.toThrow(/29991231235959_future, which this version does not know/);
    await expect(makeBackup({ url: into.url, file: `${file}2`, product: "0.1.0" })).rejects.toThrow(
      /newer than this code/,
    );
    expect(existsSync(`${file}2`)).toBe(false);
  });

  test("a file that is there already", async () => {
    await backUp();
    const before = readFileSync(file);
    await expect(backUp()).rejects.toThrow(/exists already/);
    expect(readFileSync(file)).toEqual(before);
  });
});
