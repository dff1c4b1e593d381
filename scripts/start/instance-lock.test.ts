import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeEach, expect, test } from "vitest";
import { lockInstance, readInstance } from "./instance-lock.ts";

const URL = "http://localhost:3000";
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "quarterdeck-lock-"));
});

test("only one process has a data folder, and who comes second is told where the first one is", () => {
  const lock = lockInstance(folder, URL);
  expect(() => lockInstance(folder, "http://localhost:4000")).toThrow(`(process ${process.pid}): ${URL}`);
  expect(readInstance(folder)?.ready).toBe(false);
  lock.markReady();
  expect(readInstance(folder)?.ready).toBe(true);
  lock.release();
  expect(readInstance(folder)).toBeUndefined();
  lockInstance(folder, URL).release();
});

test("the lock of a process that is gone is taken over, although its pid lives again", () => {
  const gone = { supervisor: { pid: process.pid, startedAt: "1" }, url: URL, ready: true };
  writeFileSync(path.join(folder, "supervisor.json"), JSON.stringify(gone));
  expect(readInstance(folder)).toBeUndefined();
  lockInstance(folder, URL).release();
});
