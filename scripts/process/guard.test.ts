import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test, vi } from "vitest";
import { startGuard } from "./guard.ts";
import { identify, isAlive } from "./identity.ts";
import { readRunRecord, writeRunRecord } from "./run-record.ts";
import { waitUntil } from "./wait.ts";

const PATIENCE_MS = 50_000;
vi.setConfig({ testTimeout: 60_000 });

const IDLE = ["-e", "setInterval(() => {}, 1000)"];

/** A process that starts a guard on a record, says so, and does nothing more. */
function guardedProcess(recordFile: string) {
  const guard = path.join(import.meta.dirname, "guard.ts");
  const program = `import(${JSON.stringify(guard)}).then(({ startGuard }) => {
    startGuard(${JSON.stringify(recordFile)});
    console.log("guarded");
    setInterval(() => {}, 1000);
  })`;
  return spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "inherit"] });
}

test("ends what is recorded and deletes what is for throwing away, when its process is killed", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "quarterdeck-guard-"));
  const recordFile = path.join(mkdtempSync(path.join(tmpdir(), "quarterdeck-guard-")), "run.json");
  const orphan = spawn(process.execPath, IDLE, { detached: true, stdio: "ignore" });
  const identity = identify(orphan.pid ?? 0);
  writeRunRecord(recordFile, {
    instance: randomUUID(),
    groups: { orphan: { ...identity, watchesParent: false } },
    throwAway: [folder],
  });
  const guarded = guardedProcess(recordFile);
  await new Promise((resolve) => guarded.stdout.once("data", resolve));
  guarded.kill("SIGKILL");
  expect(await waitUntil(() => readRunRecord(recordFile) === undefined, PATIENCE_MS)).toBe(true);
  expect(isAlive(identity)).toBe(false);
  expect(existsSync(folder)).toBe(false);
});

test("leaves alone a process that has the pid of one that is recorded", async () => {
  const recordFile = path.join(mkdtempSync(path.join(tmpdir(), "quarterdeck-guard-")), "run.json");
  const other = spawn(process.execPath, IDLE, { detached: true, stdio: "ignore" });
  const identity = identify(other.pid ?? 0);
  const groups = { gone: { pid: identity.pid, startedAt: "1", watchesParent: false } };
  writeRunRecord(recordFile, { instance: randomUUID(), groups, throwAway: [] });
  await startGuard(recordFile).dismiss();
  expect(readRunRecord(recordFile)).toBeUndefined();
  expect(isAlive(identity)).toBe(true);
  other.kill("SIGKILL");
});
