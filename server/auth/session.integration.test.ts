import { createHmac } from "node:crypto";
import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { openDb, type Db } from "../db/client.ts";
import { testDatabase, type TestDatabase } from "../testing/database.ts";
import { createUser, grant } from "../testing/factories.ts";
import { createSession } from "../testing/session.ts";
import { sessionCookieName, writeSession } from "./session-cookie.ts";
import { actorFromRequest } from "./session.ts";
import { deleteExpiredSessions } from "./sessions.ts";

const secret = "secret of the test";
vi.hoisted(() => void (process.env.AUTH_SECRET = "secret of the test"));

let database: TestDatabase;
let db: Db;
let user: Awaited<ReturnType<typeof createUser>>;

beforeAll(async () => {
  database = await testDatabase();
  db = openDb(database.url, 4);
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});
beforeEach(async () => {
  user = await createUser(db, { grants: [grant("developer")] });
});

const who = (headers: Record<string, string>, now?: Date) =>
  actorFromRequest({ headers: new Headers(headers) }, db, now);
const cookieOf = async (sessionVersion = 1) => (await createSession(db, { id: user.id, sessionVersion })).cookie;

test("a session cookie is the person with the roles of this moment", async () => {
  const cookie = `theme=dark; ${await cookieOf()}; other=1`;
  expect(await who({ cookie })).toEqual({
    kind: "user",
    sessionId: expect.stringMatching(/^ses_/) as unknown,
    id: user.id,
    name: user.name,
    email: user.email,
    grants: [grant("developer")],
  });
  await db.grant.deleteMany({ where: { principalId: user.id } });
  expect(await who({ cookie })).toMatchObject({ grants: [] });
});

test("an expired grant is not held", async () => {
  await db.grant.updateMany({ where: { principalId: user.id }, data: { expiresAt: new Date(Date.now() - 1) } });
  expect(await who({ cookie: await cookieOf() })).toMatchObject({ grants: [] });
});

test("ended sessions, disabled people and unknown ones are nobody", async () => {
  const cookie = await cookieOf();
  await db.user.update({ where: { id: user.id }, data: { sessionVersion: 2 } });
  expect(await who({ cookie })).toBeUndefined();
  expect(await who({ cookie: await cookieOf(2) })).toBeDefined();
  await db.user.update({ where: { id: user.id }, data: { disabledAt: new Date() } });
  expect(await who({ cookie: await cookieOf(2) })).toBeUndefined();
  const { id: sessionId } = await createSession(db, { id: user.id, sessionVersion: 2 });
  expect(
    await who({ cookie: await writeSession({ userId: "usr_unknown", sessionVersion: 2, sessionId }) }),
  ).toBeUndefined();
});

test("cookies that we did not encrypt, that expired or say something else are nobody", async () => {
  const name = sessionCookieName();
  const { id: sessionId } = await createSession(db, user);
  const claims = { sub: user.id, sessionVersion: 1, sessionId };
  const forged = await encode({ token: claims, secret: "another secret" });
  const expired = await encode({ token: claims, secret, maxAge: -60 });
  const others = [
    { sub: user.id, sessionVersion: 1 },
    { sub: user.id, sessionId },
    { ...claims, sessionVersion: "1" },
  ];
  const other = await Promise.all(others.map((token) => encode({ token, secret })));
  // A JWT of another making: unsigned, or signed instead of encrypted.
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const unsigned = `${part({ alg: "none" })}.${part(claims)}.`;
  const hmac = createHmac("sha256", secret)
    .update(`${part({ alg: "HS256" })}.${part(claims)}`)
    .digest("base64url");
  const signed = `${part({ alg: "HS256" })}.${part(claims)}.${hmac}`;
  for (const value of [forged, expired, ...other, unsigned, signed, "", "x.y.z", "%00"])
    expect(await who({ cookie: `${name}=${value}` })).toBeUndefined();
  expect(await who({})).toBeUndefined();
  // The same session sent as a bearer token is not an API token.
  const session = (await cookieOf()).slice(name.length + 1);
  await expect(who({ authorization: `Bearer ${session}` })).rejects.toMatchObject({ code: "unauthenticated" });
});

test("a bad token is refused although a good cookie came along", async () => {
  const cookie = await cookieOf();
  await expect(who({ cookie, authorization: "Bearer qd_unknown" })).rejects.toMatchObject({ code: "unauthenticated" });
});

test("a visit is written once a minute, for the session and the person", async () => {
  const { id, cookie, createdAt: start } = await createSession(db, user);
  const seen = async () => {
    const session = await db.session.findUniqueOrThrow({ where: { id }, include: { user: true } });
    return [session.lastSeenAt, session.user.lastSeenAt].map((at) => at && at.getTime() - start.getTime());
  };
  for (const [after, expected] of [
    [0, [0, 0]],
    [59_000, [0, 0]],
    [60_000, [60_000, 60_000]],
    [61_000, [60_000, 60_000]],
  ] as const) {
    await who({ cookie }, new Date(start.getTime() + after));
    expect(await seen()).toEqual(expected);
  }
});

test("a session ends by itself after a week, by the portal's clock, and is deleted then", async () => {
  const { id, cookie, expiresAt } = await createSession(db, user);
  const later = await createSession(db, user, { expiresAt: new Date(expiresAt.getTime() + 60_000) });
  const at = (ms: number) => new Date(expiresAt.getTime() + ms);
  expect(await who({ cookie }, at(-1))).toMatchObject({ sessionId: id });
  expect(await who({ cookie }, at(0))).toBeUndefined();
  await deleteExpiredSessions(db, at(-1));
  expect(await db.session.count({ where: { id } })).toBe(1);
  await deleteExpiredSessions(db, at(0));
  expect(await db.session.count({ where: { id } })).toBe(0);
  expect(await db.session.count({ where: { id: later.id } })).toBe(1);
  expect(await who({ cookie })).toBeUndefined();
});

test("an ended session is nobody, whoever else is signed in", async () => {
  const [one, other] = [await createSession(db, user), await createSession(db, user)];
  await db.session.update({ where: { id: one.id }, data: { endedAt: new Date() } });
  expect(await who({ cookie: one.cookie })).toBeUndefined();
  expect(await who({ cookie: other.cookie })).toMatchObject({ sessionId: other.id });
});

test("the session of one person with the id of another is nobody", async () => {
  const { id: sessionId } = await createSession(db, await createUser(db));
  expect(await who({ cookie: await writeSession({ userId: user.id, sessionVersion: 1, sessionId }) })).toBeUndefined();
});
