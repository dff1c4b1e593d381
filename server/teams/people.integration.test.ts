import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { verifyPassword } from "../auth/password.ts";
import { openDb, type Db } from "../db/client.ts";
import { auditRow } from "../testing/audit-row.ts";
import { testDatabase, type TestDatabase } from "../testing/database.ts";
import { createSession } from "../testing/session.ts";
import { actors, createUser as person, grant, testContext, userActor } from "../testing/factories.ts";
import { changePassword } from "./commands/change-password.ts";
import { createTeam } from "./commands/create-team.ts";
import { createUser } from "./commands/create-user.ts";
import { disableUser } from "./commands/disable-user.ts";
import { enableUser } from "./commands/enable-user.ts";
import { endSessions } from "./commands/end-sessions.ts";
import { updateUser } from "./commands/update-user.ts";
import { getMe } from "./queries/me.ts";
import { getUser, listUsers } from "./queries/people.ts";
import { listTeams } from "./queries/teams.ts";

vi.hoisted(() => void (process.env.AUTH_SECRET = "secret of the test"));

let database: TestDatabase;
let db: Db;
const as = (actor: Parameters<typeof testContext>[1] = actors.admin) => testContext(db, actor);
const password = "a long enough password";

beforeAll(async () => {
  database = await testDatabase();
  db = openDb(database.url, 4);
  await person(db, { email: "root@example.com", passwordHash: "x", grants: [grant("admin")] });
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

const below = [
  actors.releaseManager,
  actors.developer,
  actors.viewer,
  actors.nobody,
  userActor(grant("admin", { environmentKind: "staging" })),
];

test("a person is added with a password and without a role", async () => {
  const dto = await createUser(as(), { email: " Ada@Example.com ", name: "Ada Lovelace", password });
  expect(dto).toMatchObject({
    email: "ada@example.com",
    name: "Ada Lovelace",
    signIn: ["password"],
    grants: [],
    disabledAt: null,
  });
  const row = await db.user.findUniqueOrThrow({ where: { id: dto.id } });
  expect(await verifyPassword(password, row.passwordHash)).toBe(true);
  const entry = await auditRow(db, "user.create", dto.id);
  expect(JSON.stringify(entry)).not.toMatch(/ada|lovelace/i);
  expect(await db.event.count({ where: { subjectId: dto.id, topic: "teams" } })).toBe(1);
});

test("an e-mail address belongs to one person", async () => {
  await createUser(as(), { email: "twice@example.com", name: "First" });
  await expect(createUser(as(), { email: "TWICE@example.com", name: "Second" })).rejects.toMatchObject({
    code: "conflict",
    details: { reason: "email_taken", fields: { email: expect.any(String) } },
  });
});

test.each([
  [{ email: "no address", name: "A" }, "email"],
  [{ email: "a@example.com", name: "  " }, "name"],
  [{ email: "a@example.com", name: "A\0" }, "name"],
  [{ email: "a@example.com", name: "A", password: "short" }, "password"],
])("%j is refused and %s is named", async (input, field) => {
  await expect(createUser(as(), input)).rejects.toMatchObject({
    code: "invalid",
    details: { fields: { [field]: expect.any(String) } },
  });
});

test("only an admin of everything writes people and teams", async () => {
  const { id } = await person(db);
  for (const actor of below) {
    const ctx = as(actor);
    await expect(createUser(ctx, { email: "x@example.com", name: "X" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(updateUser(ctx, { user: id, name: "X" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(disableUser(ctx, { user: id })).rejects.toMatchObject({ code: "forbidden" });
    await expect(enableUser(ctx, { user: id })).rejects.toMatchObject({ code: "forbidden" });
    await expect(endSessions(ctx, { user: id })).rejects.toMatchObject({ code: "forbidden" });
    await expect(createTeam(ctx, { slug: "x", name: "X" })).rejects.toMatchObject({ code: "forbidden" });
  }
  expect(await db.auditEntry.count({ where: { subjectId: id } })).toBe(0);
});

test("a new password ends the sessions, a new name does not", async () => {
  const user = await person(db);
  const { id } = user;
  const open = () => db.session.count({ where: { userId: id, endedAt: null } });
  await createSession(db, user);
  expect((await updateUser(as(), { user: id, name: "New name" })).name).toBe("New name");
  expect(await open()).toBe(1);
  await updateUser(as(), { user: id, password });
  const row = await db.user.findUniqueOrThrow({ where: { id } });
  expect(await open()).toBe(0);
  expect(await verifyPassword(password, row.passwordHash)).toBe(true);
  await updateUser(as(), { user: id, name: "New name" });
  const entries = await db.auditEntry.findMany({ where: { subjectId: id }, orderBy: { id: "asc" } });
  expect(entries.map((entry) => entry.changes)).toEqual([{ name: "changed" }, { password: "changed" }]);
});

test("disabling ends sessions and can be undone", async () => {
  const { id } = await person(db);
  expect((await disableUser(as(), { user: id, reason: "left" })).disabledAt).not.toBeNull();
  expect((await db.user.findUniqueOrThrow({ where: { id } })).sessionVersion).toBe(2);
  expect((await auditRow(db, "user.disable", id)).reason).toBe("left");
  await disableUser(as(), { user: id });
  await auditRow(db, "user.disable", id);
  expect((await enableUser(as(), { user: id })).disabledAt).toBeNull();
  await auditRow(db, "user.enable", id);
});

test("nobody disables themselves, and nobody the last admin", async () => {
  const root = await db.user.findUniqueOrThrow({ where: { email: "root@example.com" } });
  const self = { ...actors.admin, id: root.id };
  await expect(disableUser(as(self), { user: root.id })).rejects.toMatchObject({
    code: "conflict",
    details: { reason: "self" },
  });
  await expect(disableUser(as(), { user: root.id })).rejects.toMatchObject({
    code: "conflict",
    details: { reason: "last_admin" },
  });
  expect((await db.user.findUniqueOrThrow({ where: { id: root.id } })).disabledAt).toBeNull();
});

test("one may end one's own sessions", async () => {
  const { id, actor } = await person(db, { grants: [grant("viewer")] });
  await endSessions(as(actor), { user: id });
  expect((await db.user.findUniqueOrThrow({ where: { id } })).sessionVersion).toBe(2);
  await auditRow(db, "user.end_sessions", id);
});

test("changing one's password takes the present one", async () => {
  const { id, actor } = await person(db, { grants: [grant("viewer")] });
  await expect(changePassword(as(actor), { current: "x", password })).rejects.toMatchObject({
    details: { reason: "no_password" },
  });
  await updateUser(as(), { user: id, password });
  await expect(changePassword(as(actor), { current: "wrong", password: "another password" })).rejects.toMatchObject({
    code: "invalid",
    details: { fields: { current: expect.any(String) } },
  });
  await changePassword(as(actor), { current: password, password: "another password" });
  const row = await db.user.findUniqueOrThrow({ where: { id } });
  expect(await verifyPassword("another password", row.passwordHash)).toBe(true);
});

test("people are found page by page and by parts of name and e-mail", async () => {
  for (const name of ["Grace Hopper", "Grace Kelly"]) await person(db, { name });
  const first = await listUsers(as(actors.viewer), { search: "grace", limit: 1 });
  const second = await listUsers(as(actors.viewer), { search: "GRACE", limit: 1, cursor: first.next ?? "" });
  expect([...first.items, ...second.items].map((user) => user.name)).toEqual(["Grace Hopper", "Grace Kelly"]);
  expect(second.next).toBeNull();
  expect(first.items[0]?.can).toEqual({
    update: expect.stringContaining("admin"),
    disable: expect.stringContaining("admin"),
  });
  await expect(getUser(as(), { user: "usr_unknown" })).rejects.toMatchObject({ code: "not_found" });
});

test("whoever holds nothing learns who can grant", async () => {
  const { id, actor } = await person(db);
  await expect(listUsers(as(actor), {})).rejects.toMatchObject({ code: "forbidden" });
  const root = await db.user.findUniqueOrThrow({ where: { email: "root@example.com" } });
  expect(await getMe(as(actor), {})).toMatchObject({ id, grants: [], admins: [root.name], can: { "all:read": false } });
  expect(await getMe(as({ ...actor, grants: [grant("viewer")] }), {})).toMatchObject({
    admins: [],
    can: { "all:read": true, "people:write": false },
  });
});

test("a team is added once", async () => {
  const team = await createTeam(as(), { slug: "checkout", name: "Checkout" });
  expect(team).toMatchObject({ slug: "checkout", services: 0 });
  await auditRow(db, "team.create", team.id);
  await expect(createTeam(as(), { slug: "checkout", name: "Other" })).rejects.toMatchObject({
    details: { reason: "slug_taken" },
  });
  expect((await listTeams(as(actors.viewer), {})).map((one) => one.slug)).toContain("checkout");
});
