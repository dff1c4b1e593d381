import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeEach, expect, test } from "vitest";
import { lastLines, openLog } from "./log-file.ts";

const FULL = 11 * 1024 * 1024;
let file: string;

beforeEach(() => {
  file = path.join(mkdtempSync(path.join(tmpdir(), "quarterdeck-log-")), "worker.log");
});

test("a full log is set aside, and only three of them are kept", () => {
  const log = openLog(file);
  for (let i = 0; i < 6; i++) log.write(Buffer.alloc(FULL, String(i)));
  log.write("now\n");
  expect(readFileSync(file, "utf8")).toBe("now\n");
  expect(readFileSync(`${file}.1`).subarray(0, 1).toString()).toBe("5");
  expect(statSync(`${file}.3`).size).toBe(FULL);
  expect(existsSync(`${file}.4`)).toBe(false);
});

test("appends to what an earlier start wrote, and only its owner can read it", () => {
  openLog(file).write("before\n");
  openLog(file).write("after\n");
  expect(readFileSync(file, "utf8")).toBe("before\nafter\n");
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("tells the last lines, also of a long log and of none", () => {
  expect(lastLines(file)).toBe("");
  writeFileSync(file, Array.from({ length: 5000 }, (_, i) => `line ${i}`).join("\n") + "\n");
  expect(lastLines(file, 2)).toBe("line 4998\nline 4999");
});
