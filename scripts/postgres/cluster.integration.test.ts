import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { isAlive } from "../process/identity.ts";
import { startCluster } from "./cluster.ts";
import type { Cluster, ClusterOptions } from "./cluster.ts";
import { stopPostmaster } from "./stop.ts";

const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
let folder: string;
let options: ClusterOptions;
let clusters: Cluster[];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "quarterdeck-cluster-"));
  options = { folder: path.join(folder, "postgres"), logFile: path.join(folder, "postgres.log"), durable: false };
  clusters = [];
});

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const cluster of clusters) await stopPostmaster(cluster.identity);
  rmSync(folder, { recursive: true });
});

async function start(): Promise<Cluster> {
  const cluster = await startCluster(options);
  clusters.push(cluster);
  return cluster;
}

async function query(cluster: Cluster, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: cluster.url("postgres") });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test("a cluster that runs is adopted, and one that stopped starts again on the same port with its data", async () => {
  const first = await start();
  await query(first, "CREATE TABLE kept AS SELECT 1 AS id");
  const adopted = await start();
  expect(adopted).toMatchObject({ identity: first.identity, port: first.port, adopted: true });
  await stopPostmaster(first.identity);
  expect(isAlive(first.identity)).toBe(false);
  const second = await start();
  expect(second).toMatchObject({ port: first.port, adopted: false });
  expect(await query(second, "SELECT id FROM kept")).toEqual([{ id: 1 }]);
});

test("starts again right after a SIGKILL, with everything that was committed", async () => {
  options.durable = true;
  const first = await start();
  await query(first, "CREATE TABLE kept AS SELECT 1 AS id");
  process.kill(first.identity.pid, "SIGKILL");
  const second = await startCluster({ ...options, port: first.port });
  clusters.push(second);
  expect(second.port).toBe(first.port);
  expect(await query(second, "SELECT id FROM kept")).toEqual([{ id: 1 }]);
});

test("stores text as UTF-8, sorts by code point, and lets nobody in without the password", async () => {
  const cluster = await start();
  expect(
    await query(cluster, "SELECT current_setting('server_encoding') AS e, 'a' > 'B' COLLATE \"default\" AS c"),
  ).toEqual([{ e: "UTF8", c: true }]);
  const url = new URL(cluster.url("postgres"));
  url.password = "wrong";
  const stranger = new pg.Client({ connectionString: url.href });
  await expect(stranger.connect()).rejects.toThrow(/password authentication failed/);
});

test.runIf(isRoot)("root without user namespaces runs it as nobody, and goes back with the same data", async () => {
  chmodSync(folder, 0o755);
  const withoutUnshare = path.join(folder, "bin");
  mkdirSync(withoutUnshare);
  vi.stubEnv("PATH", withoutUnshare);
  const asNobody = await start();
  expect(statSync(`/proc/${asNobody.identity.pid}`).uid).toBe(NOBODY);
  await query(asNobody, "CREATE TABLE kept AS SELECT 1 AS id");
  await stopPostmaster(asNobody.identity);
  vi.unstubAllEnvs();
  const asUsual = await start();
  expect(await query(asUsual, "SELECT id FROM kept")).toEqual([{ id: 1 }]);
});
