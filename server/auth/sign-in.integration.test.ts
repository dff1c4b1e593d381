import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDb, type Db } from "../db/client.ts";
import { auditRow } from "../testing/audit-row.ts";
import { testDatabase, type TestDatabase } from "../testing/database.ts";
import { createUser } from "../testing/factories.ts";
import { hashPassword } from "./password.ts";
import { signInWithPassword } from "./password-sign-in.ts";
import { signInWithProvider, type ProviderProfile } from "./provider-sign-in.ts";

let database: TestDatabase;
let db: Db;

beforeAll(async () => {
  database = await testDatabase();
  db = openDb(database.url, 4);
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

describe("with a password", () => {
  const attempts = new Map();
  const now = new Date();
  const signIn = (raw: unknown, address = "10.0.0.1") => signInWithPassword(db, { raw, address, attempts, now });

  test("the right one, however the e-mail is typed", async () => {
    const user = await createUser(db, { email: "ada@example.com", passwordHash: await hashPassword("right password") });
    expect(await signIn({ email: " Ada@Example.com ", password: "right password" })).toEqual({
      ok: true,
      userId: user.id,
      checkedHash: user.passwordHash,
    });
  });

  test("the right one as often as one likes: it is counted while it is checked, and no longer", async () => {
    const counted = new Map();
    await createUser(db, { email: "often@example.com", passwordHash: await hashPassword("right password") });
    const raw = { email: "often@example.com", password: "right password" };
    expect(await signInWithPassword(db, { raw, address: "10.0.0.4", attempts: counted, now })).toMatchObject({
      ok: true,
    });
    expect([...counted]).toEqual([]);
  });

  test.each([
    [{ email: "ada@example.com", password: "wrong" }],
    [{ email: "nobody@example.com", password: "right password" }],
    [{ email: "ada@example.com", password: "" }],
    [{ email: "ada@example.com\0", password: "right password" }],
    [{ email: ["ada@example.com"], password: "right password" }],
    [undefined],
  ])("%j is wrong", async (raw) => expect(await signIn(raw)).toEqual({ ok: false, reason: "wrong" }));

  test("a person without a password, and a disabled one, do not get in", async () => {
    await createUser(db, { email: "github@example.com" });
    expect(await signIn({ email: "github@example.com", password: "x" })).toEqual({ ok: false, reason: "wrong" });
    const passwordHash = await hashPassword("right password");
    await createUser(db, { email: "gone@example.com", passwordHash, disabledAt: new Date() });
    expect(await signIn({ email: "gone@example.com", password: "right password" })).toEqual({
      ok: false,
      reason: "disabled",
    });
    expect(await signIn({ email: "gone@example.com", password: "wrong" })).toEqual({ ok: false, reason: "wrong" });
  });

  test("a burst of tries is stopped while the first are still being checked", async () => {
    const tries = await Promise.all(
      Array.from({ length: 12 }, () => signIn({ email: "ada@example.com", password: "guess" }, "10.0.0.2")),
    );
    expect(tries.filter((result) => !result.ok && result.reason === "limited")).toHaveLength(4);
    expect(await signIn({ email: "ada@example.com", password: "right password" }, "10.0.0.2")).toMatchObject({
      reason: "limited",
      minutes: 15,
    });
    expect(await signIn({ email: "ada@example.com", password: "right password" }, "10.0.0.3")).toMatchObject({
      ok: true,
    });
  });
});

describe("through a provider", () => {
  const profile = (more: Partial<ProviderProfile>): ProviderProfile => ({
    provider: "oidc",
    subject: "s-1",
    email: "grace@example.com",
    isEmailVerified: true,
    name: "Grace Hopper",
    ...more,
  });

  test("the first time makes an account without a role, the next time finds it, whatever the e-mail is then", async () => {
    const first = await signInWithProvider(db, profile({}));
    if (!first.ok) throw new Error("refused");
    const user = await db.user.findUniqueOrThrow({ where: { id: first.userId } });
    expect(user).toMatchObject({ email: "grace@example.com", name: "Grace Hopper", passwordHash: null });
    expect(await db.grant.count({ where: { principalId: user.id } })).toBe(0);
    expect(JSON.stringify(await auditRow(db, "user.create", user.id))).not.toMatch(/grace/i);
    expect(await signInWithProvider(db, profile({ email: "married@example.com", isEmailVerified: false }))).toEqual(
      first,
    );
    expect(await db.user.count({ where: { email: { in: ["grace@example.com", "married@example.com"] } } })).toBe(1);
  });

  test("an existing account is linked through a verified e-mail only", async () => {
    const local = await createUser(db, { email: "local@example.com", passwordHash: "x" });
    const github = { provider: "github", subject: "42", email: "Local@Example.com" };
    expect(await signInWithProvider(db, profile({ ...github, isEmailVerified: false }))).toEqual({
      ok: false,
      reason: "email_unverified",
    });
    expect(await db.identity.count({ where: { userId: local.id } })).toBe(0);
    expect(await signInWithProvider(db, profile(github))).toEqual({ ok: true, userId: local.id });
    expect((await auditRow(db, "user.link", local.id)).changes).toEqual({
      provider: { before: null, after: "github" },
    });
  });

  test("no account is made for an address that nobody vouches for, or for none", async () => {
    const before = await db.user.count();
    expect(
      await signInWithProvider(db, profile({ subject: "s-2", email: "new@example.com", isEmailVerified: false })),
    ).toEqual({ ok: false, reason: "email_unverified" });
    expect(await signInWithProvider(db, profile({ subject: "s-3", email: undefined }))).toEqual({
      ok: false,
      reason: "no_email",
    });
    expect(await db.user.count()).toBe(before);
  });

  test("a disabled person stays out, also by a new way", async () => {
    const gone = await createUser(db, { email: "left@example.com", disabledAt: new Date() });
    expect(await signInWithProvider(db, profile({ subject: "s-4", email: "left@example.com" }))).toEqual({
      ok: false,
      reason: "disabled",
    });
    expect(await db.identity.count({ where: { userId: gone.id } })).toBe(0);
    await db.identity.create({ data: { id: "idn_left", userId: gone.id, provider: "oidc", subject: "s-5" } });
    expect(await signInWithProvider(db, profile({ subject: "s-5" }))).toEqual({ ok: false, reason: "disabled" });
  });

  test("two first sign-ins at once make one account", async () => {
    const both = await Promise.all(
      [1, 2, 3].map(() => signInWithProvider(db, profile({ subject: "s-6", email: "twice@example.com" }))),
    );
    expect(new Set(both.map((result) => (result.ok ? result.userId : result.reason))).size).toBe(1);
    expect(await db.user.count({ where: { email: "twice@example.com" } })).toBe(1);
  });
});
