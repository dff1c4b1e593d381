import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { parseConfig, type Config } from "../core/config.ts";
import { openDb, type Db } from "../db/client.ts";
import { testDatabase, type TestDatabase } from "../testing/database.ts";
import { createUser } from "../testing/factories.ts";
import { startOidcIssuer, type OidcIssuer } from "../testing/oidc-issuer.ts";
import { signInBrowser, type SignInBrowser } from "./sign-in-browser.ts";
import { authOptions } from "./options.ts";

let database: TestDatabase;
let db: Db;
let issuer: OidcIssuer;
let settings: Config;
let browser: SignInBrowser;

beforeAll(async () => {
  database = await testDatabase();
  db = openDb(database.url, 4);
  issuer = await startOidcIssuer("portal");
  settings = parseConfig({
    AUTH_SECRET: "secret of the test",
    PUBLIC_URL: "https://deck.example.com",
    AUTH_OIDC_ISSUER: issuer.url,
    AUTH_OIDC_ID: "portal",
    AUTH_OIDC_SECRET: "secret of the client",
  });
});
afterAll(async () => {
  await issuer.close();
  await db.$disconnect();
  await database.drop();
});
beforeEach(() => {
  browser = signInBrowser(() => authOptions(settings, db), "https://deck.example.com");
});

/** Goes to the provider and back; answers where the person ends up. */
async function signIn(tamper: (back: URL) => void = () => {}): Promise<string | undefined> {
  const sent = await browser.begin("oidc", "/services?environment=production");
  expect(Object.fromEntries(sent.searchParams)).toMatchObject({
    code_challenge_method: "S256",
    scope: "openid email profile",
  });
  for (const check of ["state", "nonce", "code_challenge"]) expect(sent.searchParams.get(check), check).toBeTruthy();
  const there = await fetch(sent, { redirect: "manual" });
  const back = new URL(there.headers.get("location") ?? "");
  tamper(back);
  return (await browser.call("GET", back.pathname + back.search)).location;
}

const session = () => browser.cookies.get("__Secure-next-auth.session-token");
const ada = { sub: "ada-1", email: "Ada@example.com", email_verified: true, name: "Ada Lovelace" };

test("signs in a person whom the provider vouches for, and brings them back to where they were", async () => {
  issuer.next({ claims: ada });
  expect(await signIn()).toBe("https://deck.example.com/services?environment=production");
  expect(session()).toBeTruthy();
  expect(await db.user.findUniqueOrThrow({ where: { email: "ada@example.com" } })).toMatchObject({
    name: "Ada Lovelace",
    passwordHash: null,
  });
});

test("what the ID token leaves out is asked at the userinfo endpoint", async () => {
  issuer.next({
    claims: { sub: "grace-1" },
    userinfo: { email: "grace@example.com", email_verified: "true", name: "Grace" },
  });
  await signIn();
  expect(await db.user.count({ where: { email: "grace@example.com" } })).toBe(1);
});

test("an address that is not verified takes over no account", async () => {
  const local = await createUser(db, { email: "local@example.com", passwordHash: "x" });
  issuer.next({ claims: { ...ada, sub: "mallory", email: local.email, email_verified: false } });
  expect(await signIn()).toBe("/sign-in?error=email_unverified");
  expect(session()).toBeUndefined();
  expect(await db.identity.count({ where: { userId: local.id } })).toBe(0);
});

test.each([
  ["another state", (back: URL) => back.searchParams.set("state", "other")],
  ["another code", (back: URL) => back.searchParams.set("code", "other")],
  ["a refusal", (back: URL) => (back.search = "?error=access_denied")],
])("%s signs nobody in", async (_, tamper) => {
  issuer.next({ claims: { ...ada, sub: "eve" } });
  expect(await signIn(tamper)).toMatch(/\/error\?error=/);
  expect(session()).toBeUndefined();
  expect(await db.identity.count({ where: { subject: "eve" } })).toBe(0);
});

test("an ID token for another nonce, or from somebody else, signs nobody in", async () => {
  for (const wrong of [
    { nonce: "other" },
    { aud: "another client" },
    { iss: "https://evil.example.com" },
    { exp: 1 },
  ]) {
    issuer.next({ claims: { ...ada, sub: "eve", ...wrong } });
    expect(await signIn(), JSON.stringify(wrong)).toMatch(/\/error\?error=/);
  }
  expect(session()).toBeUndefined();
});
