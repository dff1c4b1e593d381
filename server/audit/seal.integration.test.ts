import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openDb, type Db } from "../db/client.ts";
import { testDatabase, type TestDatabase } from "../testing/database.ts";
import { readHead, sealAudit } from "./seal.ts";
import { verifyAudit } from "./verify.ts";

const key = "key of the test";
const start = Date.UTC(2026, 10, 22, 12, 0, 0);
let database: TestDatabase;
let db: Db;

beforeEach(async () => {
  database = await testDatabase();
  db = openDb(database.url, 4);
});
afterEach(async () => {
  await db.$disconnect();
  await database.drop();
});

/** An entry made at this second of the test, with an id that says so. */
function entry(second: number) {
  const at = new Date(start + second * 1000);
  const id = `aud_${at.getTime().toString(16).padStart(12, "0")}70008000000000000000`;
  return {
    id,
    at,
    actorKind: "user",
    actorId: "usr_1",
    action: "team.create",
    subjectKind: "team",
    subjectId: `team_${second}`,
    changes: { n: second },
  };
}

const write = (...seconds: number[]) => db.auditEntry.createMany({ data: seconds.map((second) => entry(second)) });
const seal = (second = 1000) => sealAudit(db, new Date(start + second * 1000), key);
const verify = (head?: Parameters<typeof verifyAudit>[2]) => verifyAudit(db, key, head);

/** As somebody who owns the database: the triggers do not stop them, the chain tells. */
async function tamper(...statements: string[]): Promise<void> {
  await db.$transaction([
    db.$executeRawUnsafe("set local session_replication_role = replica"),
    ...statements.map((statement) => db.$executeRawUnsafe(statement)),
  ]);
}

const idOf = (second: number) => entry(second).id;

test("entries are sealed once, in order, when they have settled", async () => {
  await write(1, 2, 3);
  expect(await seal(7)).toBe(2);
  expect(await seal()).toBe(1);
  expect(await seal()).toBe(0);
  expect((await db.auditSeal.findMany({ orderBy: { seq: "asc" } })).map((one) => one.entryId)).toEqual(
    [1, 2, 3].map(idOf),
  );
  expect(await verify()).toMatchObject({
    sealed: 3n,
    broken: undefined,
    unsealed: { count: 0, oldest: null },
    backdated: { count: 0 },
  });
});

test("an empty log, and one that nobody sealed yet, are whole", async () => {
  expect(await verify()).toMatchObject({ sealed: 0n, hash: undefined, broken: undefined });
  await write(1, 2);
  expect(await verify()).toMatchObject({
    sealed: 0n,
    broken: undefined,
    unsealed: { count: 2, oldest: new Date(start + 1000) },
  });
});

test("more than a batch is sealed at once, and read back in batches", async () => {
  await write(...Array.from({ length: 1203 }, (_, index) => index));
  expect(await seal(5000)).toBe(1203);
  expect(await verify()).toMatchObject({ sealed: 1203n, broken: undefined });
});

test("two workers at once make one chain", async () => {
  await write(...Array.from({ length: 40 }, (_, index) => index));
  const other = openDb(database.url, 2);
  await Promise.all([seal(), sealAudit(other, new Date(start + 1e6), key)]);
  await seal();
  await other.$disconnect();
  expect(await verify()).toMatchObject({ sealed: 40n, broken: undefined });
});

test("an entry that a long transaction commits late stands later in the chain and breaks nothing", async () => {
  await write(1, 3);
  await seal();
  await write(2);
  expect(await seal()).toBe(1);
  expect((await db.auditSeal.findMany({ orderBy: { seq: "asc" } })).map((one) => one.entryId)).toEqual(
    [1, 3, 2].map(idOf),
  );
  expect(await verify()).toMatchObject({ sealed: 3n, broken: undefined, backdated: { count: 0 } });
});

test("an entry made up with a much earlier date is pointed out", async () => {
  await write(1, 5000);
  await seal(6000);
  await write(2);
  await seal(6000);
  expect(await verify()).toMatchObject({ broken: undefined, backdated: { count: 1, firstId: idOf(2) } });
});

test("the database refuses to change or delete what was written", async () => {
  await write(1);
  await seal();
  for (const table of ["audit_entries", "audit_seals"]) {
    for (const statement of [
      `update ${table} set id = id`.replace("audit_seals set id = id", "audit_seals set seq = seq"),
      `delete from ${table}`,
      `truncate ${table}`,
    ]) {
      await expect(db.$executeRawUnsafe(statement), statement).rejects.toThrow(/append-only/);
    }
  }
});

describe("tampering", () => {
  beforeEach(async () => {
    await write(1, 2, 3, 4, 5);
    await seal();
  });

  test.each([
    ["a changed field", [`update audit_entries set subject_id = 'team_other' where id = '${idOf(3)}'`], "changed", 3n],
    ["a changed detail", [`update audit_entries set changes = '{"n": 99}' where id = '${idOf(3)}'`], "changed", 3n],
    ["another actor", [`update audit_entries set actor_id = 'usr_2' where id = '${idOf(1)}'`], "changed", 1n],
    ["a moved moment", [`update audit_entries set at = at + interval '1 ms' where id = '${idOf(5)}'`], "changed", 5n],
    ["a deleted entry", [`delete from audit_entries where id = '${idOf(2)}'`], "missing_entry", 2n],
    ["a deleted seal", ["delete from audit_seals where seq = 2"], "missing_seal", 2n],
    ["a deleted first seal", ["delete from audit_seals where seq = 1"], "missing_seal", 1n],
    [
      "a deleted entry with its seal, renumbered",
      [
        `delete from audit_entries where id = '${idOf(2)}'`,
        "delete from audit_seals where seq = 2",
        "update audit_seals set seq = -seq where seq > 2",
        "update audit_seals set seq = -seq - 1 where seq < 0",
      ],
      "changed",
      2n,
    ],
    [
      "two entries in each other's place",
      [
        "update audit_seals set entry_id = 'x' where seq = 2",
        `update audit_seals set entry_id = '${idOf(2)}' where seq = 3`,
        `update audit_seals set entry_id = '${idOf(3)}' where seq = 2`,
      ],
      "changed",
      2n,
    ],
    ["a changed hash", ["update audit_seals set hash = repeat('0', 64) where seq = 4"], "changed", 4n],
  ])("%s is found where it is", async (_, statements, kind, seq) => {
    await tamper(...statements);
    expect((await verify()).broken).toMatchObject({ kind, seq });
  });

  test("an entry put into the middle is found", async () => {
    await db.auditEntry.create({ data: entry(2.5) });
    await tamper(
      "update audit_seals set seq = -seq where seq > 2",
      "update audit_seals set seq = -seq + 1 where seq < 0",
      `insert into audit_seals (seq, entry_id, hash) values (3, '${idOf(2.5)}', repeat('a', 64))`,
    );
    expect((await verify()).broken).toMatchObject({ kind: "changed", seq: 3n, entryId: idOf(2.5) });
  });

  test("an end that was cut off is found with the head from the log, and only with it", async () => {
    const head = await readHead(db);
    await tamper(`delete from audit_entries where id = '${idOf(5)}'`, "delete from audit_seals where seq = 5");
    expect((await verify()).broken).toBeUndefined();
    expect((await verify(head)).broken).toMatchObject({ kind: "head", seq: 5n });
  });

  test("a chain written anew over changed entries is found with the head from the log", async () => {
    const head = await readHead(db);
    await tamper("truncate audit_seals", `update audit_entries set actor_id = 'usr_2' where id = '${idOf(3)}'`);
    await expect(seal(), "this process knows the head that is gone").rejects.toThrow(/has not any more/);
    const restarted = openDb(database.url, 2);
    await sealAudit(restarted, new Date(start + 1e6), key);
    await restarted.$disconnect();
    expect((await verify()).broken).toBeUndefined();
    expect((await verify(head)).broken).toMatchObject({ kind: "head", seq: 5n });
  });

  test("whoever lacks the key makes no valid link", async () => {
    await write(6);
    const attacker = openDb(database.url, 2);
    await sealAudit(attacker, new Date(start + 1e6), "guessed");
    await attacker.$disconnect();
    expect((await verify()).broken).toMatchObject({ kind: "changed", seq: 6n });
  });
});
