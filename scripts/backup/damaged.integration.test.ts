import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readMigrations } from "#server/db/migration-files.ts";
import { catalogOf } from "#server/testing/catalog.ts";
import { testDatabase, type TestDatabase } from "#server/testing/database.ts";
import { makeBackup } from "./make-backup.ts";
import { restoreBackup } from "./restore-backup.ts";
import { fillAwkwardly } from "./testing/awkward-rows.ts";
import { contentOf, withClient } from "./testing/database-of.ts";

let whole: string;
let target: TestDatabase;
let before: unknown;

beforeAll(async () => {
  const source = await testDatabase();
  await withClient(source.url, fillAwkwardly);
  whole = path.join(mkdtempSync(path.join(tmpdir(), "quarterdeck-backup-")), "whole");
  await makeBackup({ url: source.url, file: whole, product: "0.1.0" });
  await source.drop();
  target = await testDatabase();
  await withClient(target.url, (client) =>
    client.query("INSERT INTO teams (id, slug, name) VALUES ('mine', 'mine', 'Mine')"),
  );
  before = [await contentOf(target.url), await catalogOf(target.url)];
});

afterAll(async () => {
  await target.drop();
  rmSync(path.dirname(whole), { recursive: true });
});

const rewritten = (change: (text: string) => string) => (bytes: Buffer) =>
  gzipSync(change(gunzipSync(bytes).toString("utf8")));
const damages: [string, (bytes: Buffer) => Buffer, RegExp][] = [
  ["a file that was cut off", (bytes) => bytes.subarray(0, -200), /is damaged/],
  ["a file with a flipped bit", flipped, /is damaged/],
  [
    "rows that were changed",
    rewritten((text) => text.replace("u1@example.com", "u2@example.com")),
    /users is not as it was written/,
  ],
  ["a row that is missing", rewritten((text) => text.replace(/sv5\t.*\n/, "")), /services is not as it was written/],
  [
    "text that ends early",
    rewritten((text) => text.slice(0, text.length / 2)),
    /ends in the middle of the table|ends too early/,
  ],
  ["text without its trailer", rewritten((text) => text.slice(0, text.lastIndexOf("-- "))), /ends too early/],
  ["something behind the end", rewritten((text) => `${text}DROP TABLE users;\n`), /Something follows its end/],
  [
    "statements among the tables",
    rewritten((text) => text.replace('COPY public."users"', 'DROP TABLE users; COPY public."users"')),
    /users is not where it should be/,
  ],
  [
    "a table that the product does not have",
    rewritten((text) => text.replace('"name":"users"', '"name":"pg_user"')),
    /does not have the tables/,
  ],
  ["another file", () => Buffer.from("hello"), /is damaged/],
  ["another gzip file", () => gzipSync("hello\n"), /no backup of this product/],
  [
    "a newer migration",
    rewritten((text) => text.replace(`"${readMigrations().at(-1)?.name}"`, '"29991231235959_future"')),
    /made by version 0.1.0 at migration 29991231235959_future/,
  ],
  [
    "an edited migration",
    rewritten((text) => text.replace(/"checksum":"...."*/, '"checksum":"0000')),
    /another text of migration/,
  ],
];

test.each(damages)("%s is refused, and changes nothing", async (_, damage, complaint) => {
  const damaged = `${whole}-damaged`;
  writeFileSync(damaged, damage(readFileSync(whole)));
  await expect(restoreBackup({ url: target.url, file: damaged, replace: true })).rejects.toThrow(complaint);
  expect([await contentOf(target.url), await catalogOf(target.url)]).toEqual(before);
});

/** One bit of the first hundred bytes behind gzip's own header. */
function flipped(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(60) ^ 0x10, 60);
  return copy;
}
