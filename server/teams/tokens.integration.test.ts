import { afterAll, beforeAll, expect, test } from "vitest";
import { actorFromRequest } from "../auth/session.ts";
import type { Actor } from "../core/actor.ts";
import { allows } from "../core/permissions.ts";
import { openDb, type Db } from "../db/client.ts";
import { auditRow } from "../testing/audit-row.ts";
import { testDatabase, type TestDatabase } from "../testing/database.ts";
import { actors, createEnvironment, createService, createUser, grant, testContext } from "../testing/factories.ts";
import { createToken } from "./commands/create-token.ts";
import { mintToken } from "./commands/mint-token.ts";
import { revokeToken } from "./commands/revoke-token.ts";
import { listTokens } from "./queries/tokens.ts";

let database: TestDatabase;
let db: Db;
const as = (actor: Actor) => testContext(db, actor);
const use = (secret: string, now = new Date()) =>
  actorFromRequest({ headers: new Headers({ authorization: `Bearer ${secret}` }) }, db, now);

beforeAll(async () => {
  database = await testDatabase();
  db = openDb(database.url, 4);
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

test("a token acts as itself, for its role and scope, and its secret is kept nowhere", async () => {
  const owner = await createUser(db, { grants: [grant("release_manager")] });
  const service = await createService(db);
  const { token, secret } = await createToken(as(owner.actor), {
    name: "ci",
    role: "developer",
    service: service.slug,
  });
  expect(token).toMatchObject({
    name: "ci",
    role: "developer",
    scope: service.name,
    status: "active",
    lastUsedAt: null,
    owner: { id: owner.id },
  });
  expect(secret).toMatch(new RegExp(`^${token.prefix}_`));
  const stored = JSON.stringify([await db.apiToken.findMany(), await db.auditEntry.findMany()]);
  expect(stored).not.toContain(secret.split("_")[2]);
  await auditRow(db, "token.create", token.id);

  const actor = await use(secret);
  expect(actor).toMatchObject({ kind: "token", id: token.id, ownerId: owner.id });
  const now = new Date();
  expect(allows(actor as Actor, "deployments:write", { service }, now)).toBe(true);
  expect(allows(actor as Actor, "deployments:write", {}, now)).toBe(false);
  expect(allows(actor as Actor, "gates:override", { service }, now)).toBe(false);
});

test("what the owner loses, the token loses at once", async () => {
  const owner = await createUser(db, { grants: [grant("admin")] });
  const { secret } = await createToken(as(owner.actor), { name: "ci", role: "admin" });
  const may = async () => allows((await use(secret)) as Actor, "people:write", {}, new Date());
  expect(await may()).toBe(true);
  await db.grant.deleteMany({ where: { principalId: owner.id } });
  expect(await may()).toBe(false);
});

test("a token of a disabled owner, an expired, a revoked and an unknown one are refused, each with its reason", async () => {
  const owner = await createUser(db, { grants: [grant("viewer")] });
  const { token, secret } = await createToken(as(owner.actor), { name: "ci", role: "viewer", days: 1 });
  const later = new Date(Date.now() + 25 * 3600_000);
  await expect(use(secret, later)).rejects.toMatchObject({
    code: "unauthenticated",
    details: { reason: "token_expired" },
  });
  await db.user.update({ where: { id: owner.id }, data: { disabledAt: new Date() } });
  await expect(use(secret)).rejects.toMatchObject({ details: { reason: "owner_disabled" } });
  await db.user.update({ where: { id: owner.id }, data: { disabledAt: null } });
  expect(await revokeToken(as(owner.actor), { token: token.id, reason: "leaked" })).toMatchObject({
    status: "revoked",
  });
  expect((await auditRow(db, "token.revoke", token.id)).reason).toBe("leaked");
  await revokeToken(as(owner.actor), { token: token.id });
  await auditRow(db, "token.revoke", token.id);
  await expect(use(secret)).rejects.toMatchObject({ details: { reason: "token_revoked" } });
  for (const wrong of [secret.slice(0, -1) + (secret.endsWith("A") ? "B" : "A"), "qd_x_y", "anything"]) {
    await expect(use(wrong)).rejects.toMatchObject({ code: "unauthenticated", details: { reason: "token_unknown" } });
  }
});

test("use is written at most once a minute", async () => {
  const owner = await createUser(db, { grants: [grant("viewer")] });
  const { token, secret } = await createToken(as(owner.actor), { name: "ci", role: "viewer" });
  const start = new Date();
  const lastUse = async () => (await db.apiToken.findUniqueOrThrow({ where: { id: token.id } })).lastUsedAt?.getTime();
  for (const [after, expected] of [
    [0, 0],
    [59_000, 0],
    [60_000, 60_000],
  ] as const) {
    await use(secret, new Date(start.getTime() + after));
    expect(await lastUse()).toBe(start.getTime() + expected);
  }
});

test("nobody makes a token for more than they hold, not even with a token", async () => {
  const environment = await createEnvironment(db, { kind: "staging" });
  const owner = await createUser(db, { grants: [grant("admin", { environmentKind: "staging" })] });
  const attempt = (actor: Actor, input: Partial<Parameters<typeof createToken>[1]>) =>
    createToken(as(actor), { name: "ci", role: "viewer", ...input });
  await expect(attempt(owner.actor, {})).rejects.toMatchObject({
    code: "forbidden",
    details: { reason: "more_than_held" },
  });
  await expect(attempt(owner.actor, { environmentKind: "production" })).rejects.toMatchObject({ code: "forbidden" });
  await attempt(owner.actor, { role: "admin", environment: environment.slug });
  const { secret } = await attempt(owner.actor, { role: "developer", environmentKind: "staging" });
  const token = (await use(secret)) as Actor;
  await expect(attempt(token, { role: "admin", environmentKind: "staging" })).rejects.toMatchObject({
    code: "forbidden",
  });
  const { token: child } = await attempt(token, { role: "viewer", environmentKind: "staging" });
  expect(child.owner.id).toBe(owner.id);
  await expect(attempt(actors.nobody, {})).rejects.toMatchObject({ code: "forbidden" });
  await expect(attempt(actors.system, {})).rejects.toMatchObject({ code: "forbidden" });
});

test.each([[{ days: 0 }], [{ days: 366 }], [{ name: " " }], [{ role: "king" }]])("%j is refused", async (more) => {
  await expect(createToken(as(actors.admin), { name: "ci", role: "viewer", ...more } as never)).rejects.toMatchObject({
    code: "invalid",
  });
});

test("one sees and revokes one's own tokens, an admin everybody's", async () => {
  const owner = await createUser(db, { grants: [grant("viewer")] });
  const { token } = await createToken(as(owner.actor), { name: "mine", role: "viewer" });
  const other = await createUser(db, { grants: [grant("release_manager")] });
  expect((await listTokens(as(owner.actor), {})).items.map((one) => one.id)).toEqual([token.id]);
  expect((await listTokens(as(other.actor), {})).items).toEqual([]);
  await expect(revokeToken(as(other.actor), { token: token.id })).rejects.toMatchObject({ code: "forbidden" });
  expect((await listTokens(as(actors.admin), {})).items.map((one) => one.id)).toContain(token.id);
  expect(await revokeToken(as(actors.admin), { token: token.id })).toMatchObject({ status: "revoked" });
});

test("the command line mints tokens of an account that cannot sign in, or of a person and never for more", async () => {
  const mint = (input: Partial<Parameters<typeof mintToken>[1]>, actor: Actor = actors.system) =>
    mintToken(as(actor), { name: "script", role: "admin", ...input });
  const first = await use((await mint({})).secret);
  const second = await use((await mint({})).secret);
  const ownerOf = (actor: Actor | undefined) => (actor?.kind === "token" ? actor.ownerId : undefined);
  expect(ownerOf(first)).toBe(ownerOf(second));
  expect(allows(first as Actor, "people:write", {}, new Date())).toBe(true);
  expect(await db.user.findUniqueOrThrow({ where: { id: ownerOf(first) ?? "" } })).toMatchObject({
    name: "Command line",
    passwordHash: null,
  });

  const owner = await createUser(db, { grants: [grant("developer")] });
  expect(ownerOf(await use((await mint({ owner: owner.email.toUpperCase(), role: "viewer" })).secret))).toBe(owner.id);
  await expect(mint({ owner: owner.email })).rejects.toMatchObject({ details: { reason: "more_than_held" } });
  await expect(mint({ owner: "nobody@example.com" })).rejects.toMatchObject({ code: "not_found" });
  await expect(mint({}, actors.releaseManager)).rejects.toMatchObject({ code: "forbidden" });
});
