import type { NextApiRequest, NextApiResponse } from "next";
import NextAuth from "next-auth";
import { expect, test, vi } from "vitest";
import { parseConfig } from "../core/config.ts";
import { createUser } from "../testing/factories.ts";
import { recordedOf, withDatabase } from "../testing/with-database.ts";
import { authOptions } from "./options.ts";
import { actorFromRequest } from "./session.ts";
import { sessionCookieName, writeSession } from "./session-cookie.ts";

vi.hoisted(() => void (process.env.AUTH_SECRET = "secret of the test"));

const database = withDatabase();

type Cookies = Record<string, string>;

/** One call of next-auth with the settings of the product; answers its body and keeps new cookies. */
async function call(method: string, action: string, cookies: Cookies, body: Record<string, string> = {}): Promise<unknown> {
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
  await NextAuth(request as unknown as NextApiRequest, response as unknown as NextApiResponse, authOptions(settings, database.db));
  return answer;
}

/** Cookies of a browser where the person of `header` is signed in. */
const browserWith = (header: string): Cookies => ({ [sessionCookieName()]: header.slice(sessionCookieName().length + 1) });
const who = (cookie: string) => actorFromRequest({ headers: new Headers({ cookie }) }, database.db);

async function signOut(cookies: Cookies): Promise<void> {
  const { csrfToken } = (await call("GET", "csrf", cookies)) as { csrfToken: string };
  await call("POST", "signout", cookies, { csrfToken, json: "true", callbackUrl: "/sign-in" });
}

test("after a sign-out neither this cookie nor one of another device is worth anything", async () => {
  const { id } = await createUser(database.db);
  const cookie = await writeSession({ userId: id, sessionVersion: 1 });
  const elsewhere = await writeSession({ userId: id, sessionVersion: 1 });
  expect(await who(cookie)).toMatchObject({ id });
  const browser = browserWith(cookie);
  await signOut(browser);
  expect(browser[sessionCookieName()]).toBe("");
  expect(await who(cookie)).toBeUndefined();
  expect(await who(elsewhere)).toBeUndefined();
  const { audit } = await recordedOf(database.db, id);
  expect(audit).toMatchObject([{ action: "user.end_sessions", actorKind: "user", actorId: id }]);
});

test("an ended session signs nobody out of a newer one", async () => {
  const { id } = await createUser(database.db, { sessionVersion: 2 });
  await signOut(browserWith(await writeSession({ userId: id, sessionVersion: 1 })));
  expect(await who(await writeSession({ userId: id, sessionVersion: 2 }))).toMatchObject({ id });
  expect((await recordedOf(database.db, id)).audit).toEqual([]);
});

test("another site cannot sign a person out", async () => {
  const { id } = await createUser(database.db);
  const cookie = await writeSession({ userId: id, sessionVersion: 1 });
  await call("POST", "signout", browserWith(cookie), { csrfToken: "guessed", json: "true" });
  expect(await who(cookie)).toMatchObject({ id });
});
