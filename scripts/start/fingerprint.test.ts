import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeEach, expect, test } from "vitest";
import { fingerprint } from "./fingerprint.ts";

let root: string;
const now = () => fingerprint(root, ["app", "package.json", "not-there"], "v24");

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "quarterdeck-fingerprint-"));
  mkdirSync(path.join(root, "app", "deep"), { recursive: true });
  writeFileSync(path.join(root, "package.json"), "{}");
  writeFileSync(path.join(root, "app", "deep", "page.tsx"), "one");
});

test("changes with what a file holds, with its name, and with the salt", () => {
  const seen = new Set([now(), fingerprint(root, ["app", "package.json"], "v25")]);
  writeFileSync(path.join(root, "app", "deep", "page.tsx"), "two");
  seen.add(now());
  writeFileSync(path.join(root, "app", "new.tsx"), "");
  seen.add(now());
  expect(seen.size).toBe(4);
});

test("stays the same when only a test changes", () => {
  const before = now();
  writeFileSync(path.join(root, "app", "deep", "page.test.tsx"), "test");
  expect(now()).toBe(before);
});
