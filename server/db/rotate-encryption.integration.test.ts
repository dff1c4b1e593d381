import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { decrypt, encrypt, newEncryptionKey, parseKeyring, type Keyring } from "../core/encryption.ts";
import { createEnvironment } from "../testing/factories.ts";
import { withDatabase } from "../testing/with-database.ts";
import { encryptedColumns, rotateEncryption } from "./rotate-encryption.ts";

const database = withDatabase();
const [first, second] = [newEncryptionKey(), newEncryptionKey()];
const [oldRing, bothRing, newRing] = [parseKeyring(first), parseKeyring(`${second},${first}`), parseKeyring(second)];
const cell = (row: string) => ({ table: "aws_roles", row, column: "external_id" });

/** Twelve roles of one environment, encrypted with the old key; answers their rows. */
async function someRoles(): Promise<string[]> {
  await database.db.awsRole.deleteMany();
  const { id } = await createEnvironment(database.db);
  const accounts = Array.from({ length: 12 }, (_, index) => String(100_000_000_000 + index));
  await database.db.awsRole.createMany({
    data: accounts.map((accountId) => ({
      environmentId: id,
      accountId,
      roleArn: `arn:aws:iam::${accountId}:role/x`,
      externalId: encrypt(oldRing, cell(`${id}/${accountId}`), `secret of ${accountId}`),
    })),
  });
  return accounts.map((accountId) => `${id}/${accountId}`);
}

async function opened(ring: Keyring): Promise<string[]> {
  const rows = await database.db.awsRole.findMany({ orderBy: { accountId: "asc" } });
  return rows.map((row) => decrypt(ring, cell(`${row.environmentId}/${row.accountId}`), row.externalId ?? ""));
}

test("every value is moved to the first key, in batches, after which the old key may go", async () => {
  const rows = await someRoles();
  expect(await rotateEncryption(database.db, bothRing, 5)).toEqual({ rotated: 12, current: 12, failed: [] });
  expect(await opened(newRing)).toEqual(rows.map((row) => `secret of ${row.split("/")[1]}`));
  expect(await rotateEncryption(database.db, newRing, 5)).toEqual({ rotated: 0, current: 12, failed: [] });
});

test("what was cut off goes on where it ended", async () => {
  await someRoles();
  let transactions = 0;
  const cutOff = new Proxy(database.db, {
    get: (db, property, receiver) => {
      if (property === "$transaction" && ++transactions > 1) throw new Error("the process was killed");
      return Reflect.get(db, property, receiver) as unknown;
    },
  });
  await expect(rotateEncryption(cutOff, bothRing, 5)).rejects.toThrow("killed");
  expect(await rotateEncryption(database.db, bothRing, 5)).toEqual({ rotated: 7, current: 12, failed: [] });
});

test("a value that does not open is named and left, and the others are moved", async () => {
  const [row = ""] = await someRoles();
  const [environmentId = "", accountId = ""] = row.split("/");
  const lost = encrypt(parseKeyring(newEncryptionKey()), cell(row), "lost");
  await database.db.awsRole.updateMany({ where: { environmentId, accountId }, data: { externalId: lost } });
  const result = await rotateEncryption(database.db, bothRing, 5);
  expect(result).toMatchObject({
    rotated: 11,
    current: 11,
    failed: [{ cell: cell(row), why: expect.stringContaining("ENCRYPTION_KEYS does not have") }],
  });
  const kept = await database.db.awsRole.findFirst({ where: { environmentId, accountId } });
  expect(kept?.externalId).toBe(lost);
});

test("every column whose description begins with Encrypted is rotated, and no other", () => {
  const folder = new URL("../../prisma/schema/", import.meta.url);
  const found = readdirSync(folder).flatMap((file) => {
    const text = readFileSync(new URL(file, folder), "utf8");
    return [...text.matchAll(/model \w+ \{[^}]*\}/g)].flatMap(([model]) => {
      const table = /@@map\("(\w+)"\)/.exec(model)?.[1] ?? "";
      return [...model.matchAll(/\/\/\/ Encrypted[^\n]*\n\s*\w+\s[^\n]*@map\("(\w+)"\)/g)].map(
        ([, column]) => `${table}.${column}`,
      );
    });
  });
  expect(found.toSorted()).toEqual(encryptedColumns.map(({ table, column }) => `${table}.${column}`).toSorted());
});
