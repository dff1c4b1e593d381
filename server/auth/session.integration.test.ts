import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { openDb, type Db } from "../db/client.ts";
import { testDatabase, type TestDatabase } from "../testing/database.ts";
import { createUser, grant } from "../testing/factories.ts";
import { sessionCookieName, writeSession } from "./session-cookie.ts";
import { actorFromRequest } from "./session.ts";

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
const cookieOf = (sessionVersion = 1) => writeSession({ userId: user.id, sessionVersion });

test("a session cookie is the person with the roles of this moment", async () => {
  const cookie = `theme=dark; ${await cookieOf()}; other=1`;
  expect(await who({ cookie })).toEqual({
    kind: "user",
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
  expect(await who({ cookie: await writeSession({ userId: "usr_unknown", sessionVersion: 1 }) })).toBeUndefined();
});

test("cookies that we did not encrypt, that expired or say something else are nobody", async () => {
  const name = sessionCookieName();
  const claims = { sub: user.id, sessionVersion: 1 };
  const forged = await encode({ token: claims, secret: "another secret" });
  const expired = await encode({ token: claims, secret, maxAge: -60 });
  const other = await encode({ token: { sub: user.id }, secret });
  for (const value of [forged, expired, other, "", "x.y.z", "%00"])
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

test("a visit is written every five minutes", async () => {
  const cookie = await cookieOf();
  const start = new Date();
  const lastSeen = async () => (await db.user.findUniqueOrThrow({ where: { id: user.id } })).lastSeenAt?.getTime();
  for (const [after, expected] of [
    [0, 0],
    [299_000, 0],
    [300_000, 300_000],
  ] as const) {
    await who({ cookie }, new Date(start.getTime() + after));
    expect(await lastSeen()).toBe(start.getTime() + expected);
  }
});
