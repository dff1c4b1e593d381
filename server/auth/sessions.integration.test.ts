import { expect, test, vi } from "vitest";
import { parseConfig } from "../core/config.ts";
import { createUser } from "../testing/factories.ts";
import { createSession } from "../testing/session.ts";
import { recordedOf, withDatabase } from "../testing/with-database.ts";
import { authOptions } from "./options.ts";
import { hashPassword } from "./password.ts";
import { actorFromRequest } from "./session.ts";
import { writeSession } from "./session-cookie.ts";
import { beginSession, unknownCaller } from "./sessions.ts";
import { signInBrowser } from "./testing/sign-in-browser.ts";

vi.hoisted(() => void (process.env.AUTH_SECRET = "secret of the test"));

const database = withDatabase();
const who = (cookie: string) => actorFromRequest({ headers: new Headers({ cookie }) }, database.db);
const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

test("a sign-in begins a session of its own, which says from where, and is written down", async () => {
  const user = await createUser(database.db);
  const caller = { address: "192.0.2.7", userAgent: `${firefox}${"x".repeat(5000)}`, cookie: null };
  const begun = await beginSession(database.db, { userId: user.id, provider: "oidc", caller });
  const row = await database.db.session.findUniqueOrThrow({ where: { id: begun?.sessionId ?? "" } });
  expect(row).toMatchObject({ userId: user.id, provider: "oidc", address: "192.0.2.7", endedAt: null });
  expect(row.userAgent).toHaveLength(400);
  expect((await recordedOf(database.db, user.id)).audit).toMatchObject([
    { action: "user.sign_in", actorId: user.id, changes: { device: "Firefox on Linux", provider: "oidc" } },
  ]);
});

test("no cookie from before a sign-in counts after it: nobody can plant one, and the old one ends", async () => {
  const [victim, mallory] = [await createUser(database.db), await createUser(database.db)];
  const planted = await createSession(database.db, mallory);
  const caller = { ...unknownCaller, cookie: planted.cookie };
  const begun = await beginSession(database.db, { userId: victim.id, provider: "local", caller });
  expect(begun?.sessionId).not.toBe(planted.id);
  expect(await who(planted.cookie)).toBeUndefined();
  expect(begun && (await who(await writeSession(begun)))).toMatchObject({ id: victim.id });
});

test("who is disabled, or given another password, while the old one is checked gets no session", async () => {
  const user = await createUser(database.db, { passwordHash: "new hash" });
  const signIn = { userId: user.id, provider: "local", caller: unknownCaller };
  expect(await beginSession(database.db, { ...signIn, checkedHash: "old hash" })).toBeUndefined();
  expect(await beginSession(database.db, { ...signIn, checkedHash: "new hash" })).toBeDefined();
  await database.db.user.update({ where: { id: user.id }, data: { disabledAt: new Date() } });
  expect(await beginSession(database.db, { ...signIn, checkedHash: "new hash" })).toBeUndefined();
  expect(await beginSession(database.db, { ...signIn, userId: "usr_gone" })).toBeUndefined();
  expect(await database.db.session.count({ where: { userId: user.id } })).toBe(1);
});

test("the form signs in with a session, and leads nowhere but to the portal", async () => {
  const portal = "https://deck.example.com";
  const settings = parseConfig({ AUTH_SECRET: "secret of the test", PUBLIC_URL: portal });
  const { id: userId } = await createUser(database.db, {
    email: "form@example.com",
    passwordHash: await hashPassword("right password"),
  });
  const browser = signInBrowser(() => authOptions(settings, database.db), portal);
  for (const callbackUrl of [
    "https://evil.example.com/",
    "//evil.example.com",
    "https://deck.example.com@evil.example.com",
    "javascript:alert(1)",
    "/\\evil.example.com",
  ]) {
    const { csrfToken } = (await browser.call("GET", "/api/auth/csrf")).body as { csrfToken: string };
    const { location } = await browser.call("POST", "/api/auth/callback/local", {
      email: "form@example.com",
      password: "right password",
      csrfToken,
      callbackUrl,
    });
    expect(new URL(location ?? "", portal).origin, callbackUrl).toBe(portal);
  }
  expect(browser.cookies.get("__Secure-next-auth.session-token")).toBeTruthy();
  expect(await database.db.session.count({ where: { userId } })).toBe(5);
  // Without the token of the form nobody is signed in: another site cannot sign a browser in as somebody.
  browser.cookies.clear();
  await browser.call("POST", "/api/auth/callback/local", {
    email: "form@example.com",
    password: "right password",
    csrfToken: "guessed",
  });
  expect(browser.cookies.has("__Secure-next-auth.session-token")).toBe(false);
});
