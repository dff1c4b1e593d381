import type { NextApiRequest, NextApiResponse } from "next";
import NextAuth from "next-auth";
import { expect, test, vi } from "vitest";
import { parseConfig } from "../core/config.ts";
import { createUser } from "../testing/factories.ts";
import { createSession } from "../testing/session.ts";
import { recordedOf, withDatabase } from "../testing/with-database.ts";
import { authOptions } from "./options.ts";
import { actorFromRequest } from "./session.ts";
import { sessionCookieName } from "./session-cookie.ts";

vi.hoisted(() => void (process.env.AUTH_SECRET = "secret of the test"));

const database = withDatabase();

type Cookies = Record<string, string>;

/** One call of next-auth with the settings of the product; answers its body and keeps new cookies. */
async function call(
  method: string,
  action: string,
  cookies: Cookies,
  body: Record<string, string> = {},
): Promise<unknown> {
  let answer: unknown;
  const setHeader = (name: string, value: string | string[]) => {
    for (const cookie of name === "Set-Cookie" ? [value].flat() : []) {
      const [pair = ""] = cookie.split("; ");
      const [key = "", text = ""] = pair.split(/=(.*)/s);
      cookies[key] = decodeURIComponent(text);
    }
    return response;
  };
  const end = (value: unknown) => void (answer = value);
  const response = { status: () => response, setHeader, getHeader: () => undefined, json: end, send: end, end };
  const request = { method, query: { nextauth: [action] }, cookies, headers: {}, body };
  const settings = parseConfig({ AUTH_SECRET: "secret of the test" });
  await NextAuth(
    request as unknown as NextApiRequest,
    response as unknown as NextApiResponse,
    authOptions(settings, database.db),
  );
  return answer;
}

/** Cookies of a browser where the person of `header` is signed in. */
const browserWith = (header: string): Cookies => ({
  [sessionCookieName()]: header.slice(sessionCookieName().length + 1),
});
const who = (cookie: string) => actorFromRequest({ headers: new Headers({ cookie }) }, database.db);

async function signOut(cookies: Cookies): Promise<void> {
  const { csrfToken } = (await call("GET", "csrf", cookies)) as { csrfToken: string };
  await call("POST", "signout", cookies, { csrfToken, json: "true", callbackUrl: "/sign-in" });
}

test("after a sign-out a copied cookie is worth nothing; another device stays signed in", async () => {
  const user = await createUser(database.db);
  const [{ cookie }, elsewhere] = [await createSession(database.db, user), await createSession(database.db, user)];
  expect(await who(cookie)).toMatchObject({ id: user.id });
  const browser = browserWith(cookie);
  await signOut(browser);
  expect(browser[sessionCookieName()]).toBe("");
  expect(await who(cookie)).toBeUndefined();
  expect(await who(elsewhere.cookie)).toMatchObject({ id: user.id });
  const { audit } = await recordedOf(database.db, user.id);
  expect(audit).toMatchObject([{ action: "user.sign_out", actorKind: "user", actorId: user.id }]);
});

test("signing out twice, as two tabs do, is one sign-out", async () => {
  const user = await createUser(database.db);
  const { cookie } = await createSession(database.db, user);
  await signOut(browserWith(cookie));
  await signOut(browserWith(cookie));
  expect((await recordedOf(database.db, user.id)).audit).toHaveLength(1);
});

test("another site cannot sign a person out", async () => {
  const user = await createUser(database.db);
  const { cookie } = await createSession(database.db, user);
  await call("POST", "signout", browserWith(cookie), { csrfToken: "guessed", json: "true" });
  expect(await who(cookie)).toMatchObject({ id: user.id });
});
