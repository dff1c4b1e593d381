import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { connect, createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "#server/testing/database.ts";
import { restoreBackup } from "./restore-backup.ts";
import { fillAwkwardly } from "./testing/awkward-rows.ts";
import { withClient } from "./testing/database-of.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
/** Less than the one service event of the rows has. */
const ENOUGH = 200_000;

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  database = await testDatabase();
  await withClient(database.url, fillAwkwardly);
});

afterAll(() => database.drop());

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "quarterdeck-backup-"));
  return () => rmSync(folder, { recursive: true });
});

/** A way to PostgreSQL on which the answers stop after ENOUGH bytes: whoever reads a backup through it is half-way. */
async function stuckWay(): Promise<{ url: string; stuck: Promise<void>; close(): void }> {
  const { hostname, port } = new URL(database.url);
  const { promise: stuck, resolve } = Promise.withResolvers<void>();
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    let passed = 0;
    client.pipe(upstream);
    upstream.on("data", (chunk) => {
      client.write(chunk);
      passed += chunk.length;
      if (passed < ENOUGH) return;
      upstream.pause();
      resolve();
    });
    for (const socket of [client, upstream]) socket.on("error", () => {});
    client.on("close", () => upstream.destroy());
    upstream.on("close", () => client.destroy());
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = new URL(database.url);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: url.href, stuck, close: () => server.close() };
}

/** Stops a backup that is half-way, `after` so many milliseconds, and returns how it ended. */
async function stoppedHalfWay(signal: NodeJS.Signals, after = 0): Promise<{ code: number | null; output: string }> {
  const way = await stuckWay();
  const child = spawn(process.execPath, ["scripts/backup.ts", path.join(folder, "backup")], {
    cwd: ROOT,
    env: { ...process.env, DATABASE_URL: way.url },
  });
  // "close" and not "exit": by then all that it wrote has been read.
  const ended = once(child, "close");
  let output = "";
  child.stderr.on("data", (chunk) => (output += String(chunk)));
  await Promise.race([way.stuck, ended]);
  expect(readdirSync(folder), output).toEqual([expect.stringMatching(/^backup\.partial-/)]);
  await sleep(after);
  child.kill(signal);
  const [code] = (await ended) as [number | null];
  way.close();
  return { code, output };
}

test("killed half-way there is no file of that name, and what is left cannot be restored", async () => {
  await stoppedHalfWay("SIGKILL");
  const left = readdirSync(folder);
  expect(left).toEqual([expect.stringMatching(/^backup\.partial-/)]);
  const file = path.join(folder, left[0] ?? "");
  const into = await testDatabase("empty");
  await expect(restoreBackup({ url: into.url, file, replace: true })).rejects.toThrow(/damaged|ends|no backup/);
  await into.drop();
});

test.each([
  ["while it reads", 0],
  ["while it waits for rows that do not come", 700],
])("asked to stop half-way, %s, it leaves nothing, says so, and fails", async (_, after) => {
  const { code, output } = await stoppedHalfWay("SIGTERM", after);
  expect({ code, output }).toEqual({ code: 1, output: "Stopped. There is no backup.\n" });
  expect(readdirSync(folder)).toEqual([]);
});
