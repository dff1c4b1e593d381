import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDb, type Db } from "../db/client.ts";
import { auditRow } from "../testing/audit-row.ts";
import { testDatabase, type TestDatabase } from "../testing/database.ts";
import {
  actors,
  createEnvironment,
  createService,
  createUser,
  grant,
  testContext,
  userActor,
} from "../testing/factories.ts";
import { createGrant } from "./commands/create-grant.ts";
import { deleteGrant } from "./commands/delete-grant.ts";
import { listGrants } from "./queries/grants.ts";

let database: TestDatabase;
let db: Db;
const as = (actor: Parameters<typeof testContext>[1] = actors.admin) => testContext(db, actor);

beforeAll(async () => {
  database = await testDatabase();
  db = openDb(database.url, 6);
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

test("a role on a service in an environment, until a day", async () => {
  const user = await createUser(db);
  const service = await createService(db);
  const environment = await createEnvironment(db, { kind: "production" });
  const input = {
    user: user.id,
    role: "developer",
    service: service.slug,
    environment: environment.slug,
    expiresAt: "2099-01-01T00:00:00Z",
    reason: "on call",
  } as const;
  const dto = await createGrant(as(), input);
  expect(dto).toMatchObject({
    role: "developer",
    principal: { kind: "user", id: user.id, name: user.name },
    scope: { kind: "service", id: service.id, name: service.name },
    environment: { slug: environment.slug },
    expiresAt: "2099-01-01T00:00:00.000Z",
    can: { delete: true },
  });
  const entry = await auditRow(db, "grant.create", user.id);
  expect(entry.reason).toBe("on call");
  expect(entry.changes).toMatchObject({
    grant: { before: null, after: { role: "developer", scope: `service ${service.id}` } },
  });
  await expect(createGrant(as(), input)).rejects.toMatchObject({
    code: "conflict",
    details: { reason: "grant_exists" },
  });
  expect((await listGrants(as(actors.viewer), { user: user.id })).items).toHaveLength(1);
});

test.each([
  [{ service: "nowhere" }, "not_found"],
  [{ team: "nowhere" }, "not_found"],
  [{ environment: "nowhere" }, "not_found"],
  [{ user: "usr_nobody" }, "not_found"],
  [{ expiresAt: "2020-01-01T00:00:00Z" }, "invalid"],
  [{ team: "a", service: "b" }, "invalid"],
  [{ environment: "a", environmentKind: "production" }, "invalid"],
  [{ role: "king" }, "invalid"],
])("%j is refused as %s", async (more, code) => {
  const user = await createUser(db);
  await expect(createGrant(as(), { user: user.id, role: "viewer", ...more } as never)).rejects.toMatchObject({ code });
  expect(await db.auditEntry.count({ where: { subjectId: user.id } })).toBe(0);
});

describe("nobody grants more than they hold", () => {
  test("roles below admin grant nothing", async () => {
    const user = await createUser(db);
    for (const actor of [actors.releaseManager, actors.developer, actors.viewer, actors.nobody]) {
      await expect(createGrant(as(actor), { user: user.id, role: "viewer" })).rejects.toMatchObject({
        code: "forbidden",
      });
    }
  });

  test("an admin of one service grants on it alone, and takes away on it alone", async () => {
    const user = await createUser(db);
    const service = await createService(db);
    const admin = as(userActor(grant("admin", { scopeKind: "service", scopeId: service.id })));
    const given = await createGrant(admin, { user: user.id, role: "admin", service: service.id });
    await expect(createGrant(admin, { user: user.id, role: "viewer" })).rejects.toMatchObject({
      details: { reason: "more_than_held" },
    });
    const wide = await createGrant(as(), { user: user.id, role: "viewer" });
    await expect(deleteGrant(admin, { grant: wide.id })).rejects.toMatchObject({
      details: { reason: "more_than_held" },
    });
    expect(await deleteGrant(admin, { grant: given.id, reason: "moved" })).toMatchObject({ id: given.id });
    expect((await auditRow(db, "grant.delete", user.id)).reason).toBe("moved");
  });

  test("an admin for a while grants for no longer", async () => {
    const user = await createUser(db);
    const until = new Date(Date.now() + 3600_000);
    const admin = as(userActor(grant("admin", { expiresAt: until })));
    await expect(createGrant(admin, { user: user.id, role: "viewer" })).rejects.toMatchObject({ code: "forbidden" });
    await createGrant(admin, { user: user.id, role: "viewer", expiresAt: until.toISOString() });
  });
});

test("a disabled person gets no role", async () => {
  const user = await createUser(db, { disabledAt: new Date() });
  await expect(createGrant(as(), { user: user.id, role: "viewer" })).rejects.toMatchObject({
    details: { reason: "user_disabled" },
  });
});

test("an unknown grant is not found", async () => {
  await expect(deleteGrant(as(), { grant: "grt_unknown" })).rejects.toMatchObject({ code: "not_found" });
});

describe("the last admin", () => {
  test("stays, also when two admins remove each other at once", async () => {
    await db.grant.deleteMany({ where: { role: "admin" } });
    const [one, two] = [
      await createUser(db, { passwordHash: "x", grants: [grant("admin")] }),
      await createUser(db, { passwordHash: "x", grants: [grant("admin")] }),
    ];
    const grantOf = async (id: string) =>
      (await db.grant.findFirstOrThrow({ where: { principalId: id, role: "admin" } })).id;
    const outcomes = await Promise.allSettled([
      deleteGrant(as(one.actor), { grant: await grantOf(two.id) }),
      deleteGrant(as(two.actor), { grant: await grantOf(one.id) }),
    ]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await db.grant.count({ where: { role: "admin", principalKind: "user" } })).toBe(1);
  });

  test("is not replaced by one who cannot sign in, or whose time runs out", async () => {
    await db.grant.deleteMany({ where: { role: "admin" } });
    const last = await createUser(db, { passwordHash: "x", grants: [grant("admin")] });
    await createUser(db, { grants: [grant("admin")] });
    await createUser(db, { passwordHash: "x", disabledAt: new Date(), grants: [grant("admin")] });
    await createUser(db, { passwordHash: "x", grants: [grant("admin", { expiresAt: new Date("2099-01-01") })] });
    const { id } = await db.grant.findFirstOrThrow({ where: { principalId: last.id } });
    await expect(deleteGrant(as(last.actor), { grant: id })).rejects.toMatchObject({
      code: "conflict",
      details: { reason: "last_admin" },
    });
    await createUser(db, { passwordHash: "x", grants: [grant("admin")] });
    await deleteGrant(as(last.actor), { grant: id });
  });
});
