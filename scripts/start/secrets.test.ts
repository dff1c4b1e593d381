import { mkdtempSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeEach, expect, test } from "vitest";
import { parseConfig } from "#server/core/config.ts";
import { secretsFor } from "./secrets.ts";

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), "quarterdeck-secrets-"));
});

test("secrets are generated once, and only their owner can read them", () => {
  const settings = parseConfig({ DATA_DIR: dataDir });
  const secrets = secretsFor(settings);
  expect(secrets.LOCAL_PASSWORD).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
  expect(new Set(Object.values(secrets)).size).toBe(4);
  expect(secretsFor(settings)).toEqual(secrets);
  expect(statSync(path.join(dataDir, "secrets.json")).mode & 0o777).toBe(0o600);
});

test("a setting comes before what is kept, and does not replace it", () => {
  const generated = secretsFor(parseConfig({ DATA_DIR: dataDir }));
  const named = secretsFor(parseConfig({ DATA_DIR: dataDir, LOCAL_PASSWORD: "chosen" }));
  expect(named).toEqual({ ...generated, LOCAL_PASSWORD: "chosen" });
  expect(secretsFor(parseConfig({ DATA_DIR: dataDir }))).toEqual(generated);
});
