import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { signInBrowser } from "../auth/testing/sign-in-browser.ts";
import { authOptions } from "../auth/options.ts";
import { hashPassword } from "../auth/password.ts";
import { parseConfig } from "../core/config.ts";
import { openDb } from "../db/client.ts";
import { bearerOf } from "../testing/api-caller.ts";
import { createUser, grant } from "../testing/factories.ts";
import { createFakeRuntime } from "../testing/fake-runtime.ts";
import { leakCollector } from "../testing/leak-collector.ts";
import { startOidcProvider, type OidcProvider } from "../testing/oidc-provider.ts";
import { createSession } from "../testing/session.ts";
import { withDatabase } from "../testing/with-database.ts";
import { createApi } from "./handler.ts";

const known = vi.hoisted(() => {
  const secret = () =>
    `S3cret/+=${Math.random().toString(36).slice(2).padEnd(12, "x")}&?"${Math.random().toString(36).slice(2)}`;
  const values = { AUTH_SECRET: secret(), AUDIT_KEY: secret(), LOCAL_PASSWORD: secret(), AUTH_OIDC_SECRET: secret() };
  return Object.assign(process.env, values) && values;
});

const database = withDatabase();
const { ports } = createFakeRuntime();
const portal = "https://deck.example.com";
let found: ReturnType<typeof leakCollector>;
let provider: OidcProvider;
let restore = () => {};

beforeAll(async () => {
  provider = await startOidcProvider([
    { id: "portal", secret: known.AUTH_OIDC_SECRET, redirectUri: `${portal}/api/auth/callback/oidc` },
  ]);
});
beforeEach(() => {
  found = leakCollector();
  for (const [name, value] of Object.entries(known)) found.secret(name, value);
  restore();
  restore = found.captureLog();
});
afterAll(async () => {
  restore();
  await provider.close();
});

/** An API whose answers are read, too, unless they are the one place where a secret is shown. */
function api(db = database.db) {
  const handle = createApi({ db: () => db, ports: () => ports });
  return async (
    method: string,
    address: string,
    { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
  ) => {
    const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
    const json = text === undefined ? {} : { "content-type": "application/json", body: text };
    const { body: payload, ...types } = json as { body?: string };
    const request = new Request(`http://localhost:3000/api/v1${address}`, {
      method,
      headers: { origin: "http://localhost:3000", ...types, ...headers },
      ...(payload === undefined ? {} : { body: payload }),
    });
    const response = await handle(request);
    const answer = await response.text();
    if (response.status >= 400) found.told("problem", answer);
    return { status: response.status, json: (answer ? JSON.parse(answer) : {}) as Record<string, unknown> };
  };
}

/** What is kept for people to read. */
async function readRecords(): Promise<void> {
  for (const [where, rows] of Object.entries({
    audit: await database.db.auditEntry.findMany(),
    events: await database.db.event.findMany(),
    changes: await database.db.change.findMany(),
  })) {
    for (const row of rows)
      found.told(
        where,
        JSON.stringify(row, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value)),
      );
  }
}

const password = (name: string) => found.secret(name, `pw ${randomBytes(12).toString("base64")} "é"`);

test("the collector finds what is there: planted secrets, in every writing", () => {
  const value = found.secret("planted", "a planted, not so short secret!");
  for (const text of [
    value,
    encodeURIComponent(value),
    `x${Buffer.from(`ab${value}cd`).toString("base64")}`,
    Buffer.from(value).toString("hex"),
  ]) {
    found.told("here", text);
  }
  expect(found.leaks()).toHaveLength(4);
});

test("tokens, passwords and cookies stay out of logs, problems and records, whatever goes wrong", async () => {
  const call = api();
  const admin = await createUser(database.db, { grants: [grant("admin")], passwordHash: "x" });
  const session = await createSession(database.db, admin);
  const cookie = { cookie: session.cookie };
  found.secret("cookie", session.cookie.slice(session.cookie.indexOf("=") + 1));

  const [first, second, wrong] = [password("first password"), password("second password"), password("wrong password")];
  const made = await call("POST", "/users", {
    body: { email: "new@example.com", name: "New", password: first },
    headers: cookie,
  });
  expect(made.status).toBe(201);
  const id = String(made.json.id);
  await call("PATCH", `/users/${id}`, { body: { password: second }, headers: cookie });
  await call("PATCH", `/users/${id}`, { body: { password: second.slice(0, 11) }, headers: cookie });
  await call("PATCH", `/users/${id}`, { body: { password: [second], name: { password: second } }, headers: cookie });
  await call("POST", "/users", { body: { email: second, name: "", password: second }, headers: cookie });
  await call("POST", "/me/password", { body: { current: wrong, password: second }, headers: cookie });
  await database.db.user.update({ where: { id: admin.id }, data: { passwordHash: await hashPassword(first) } });
  await call("POST", "/me/password", { body: { current: wrong, password: second }, headers: cookie });
  expect(
    (await call("POST", "/me/password", { body: { current: first, password: second }, headers: cookie })).status,
  ).toBe(200);

  const created = await call("POST", "/tokens", { body: { name: "ci", role: "viewer" }, headers: cookie });
  const token = found.secret("token", String(created.json.secret));
  const bearer = { authorization: `Bearer ${token}` };
  const other = found.secret("other token", (await bearerOf(database.db, "developer")).slice("Bearer ".length));
  expect((await call("GET", "/me", { headers: bearer })).status).toBe(200);
  for (const headers of [bearer, cookie]) {
    await call("POST", "/tokens", { body: `{"name": "${second}", "secret": "${other}"`, headers });
    await call("POST", "/tokens", { body: `["${other}"]`, headers });
    await call("POST", "/tokens", { body: { name: "ci", role: other, [other]: 1 }, headers });
    await call("GET", `/services?search=${encodeURIComponent(second)}&cursor=${other}&token=${other}`, { headers });
    for (const place of [
      `/users/${other}`,
      `/${other}`,
      `/services/${other}/releases`,
      `/deployments/${session.cookie}`,
    ])
      await call("GET", place, { headers });
    await call("DELETE", `/tokens/${other}`, { headers });
    await call("DELETE", `/sessions/${other}`, { headers });
  }
  await call("GET", "/me", { headers: { authorization: `Bearer ${token}x` } });
  await call("GET", "/me", { headers: { authorization: `Bearer ${token.slice(0, -1)}!` } });
  await call("GET", "/me", { headers: { authorization: `Basic ${Buffer.from(`a:${second}`).toString("base64")}` } });
  await call("DELETE", `/tokens/${String((created.json.token as { id: string }).id)}`, { headers: cookie });
  await call("GET", "/me", { headers: bearer });

  await readRecords();
  expect(found.linesOf("log").length).toBeGreaterThan(30);
  expect(found.linesOf("problem").length).toBeGreaterThan(20);
  expect(found.linesOf("audit").length).toBeGreaterThan(4);
  expect(found.leaks()).toEqual([]);
});

test("a database that cannot be reached tells nobody its password, nor what was being written", async () => {
  const hidden = found.secret("database password", `db-${randomBytes(9).toString("hex")}`);
  const gone = openDb(`postgresql://quarterdeck:${hidden}@127.0.0.1:1/nothing`, 1);
  const session = await createSession(database.db, await createUser(database.db));
  found.secret("cookie", session.cookie.slice(session.cookie.indexOf("=") + 1));
  const answer = await api(gone)("GET", "/me", { headers: { cookie: session.cookie } });
  expect(answer.status).toBeGreaterThanOrEqual(500);
  expect(found.linesOf("log").some((line) => /"level":"(error|warn)"/.test(line))).toBe(true);
  await gone.$disconnect();
  expect(found.leaks()).toEqual([]);
});

test("signing in, with a password and at a provider, and failing at it, leaves no code, token or password behind", async () => {
  const settings = parseConfig({
    ...known,
    PUBLIC_URL: portal,
    AUTH_OIDC_ISSUER: provider.url,
    AUTH_OIDC_ID: "portal",
  });
  const browser = signInBrowser(() => authOptions(settings, database.db), portal);
  const right = password("password");
  await createUser(database.db, { email: "leak@example.com", passwordHash: await hashPassword(right) });
  const local = async (typed: string) => {
    const { csrfToken } = (await browser.call("GET", "/api/auth/csrf")).body as { csrfToken: string };
    await browser.call("POST", "/api/auth/callback/local", {
      email: "leak@example.com",
      password: typed,
      csrfToken,
      callbackUrl: "/",
    });
  };
  await local(password("wrong password"));
  await local(right);
  const keep = (name: string) => found.secret(name, browser.cookies.get("__Secure-next-auth.session-token") ?? "");
  keep("first session");
  for (const fault of [
    () => {},
    (back: URL) => back.searchParams.set("state", "other"),
    () => provider.tamper((claims) => ({ ...claims, aud: "another" })),
    () => provider.tamper((claims) => ({ ...claims, nonce: "other" })),
    () => provider.signWithUnknownKey(),
    () => provider.stop(),
  ]) {
    provider.next({ claims: { sub: "leak-1", email: "leak-1@example.com", email_verified: true, name: "Leak" } });
    const sent = await browser.begin("oidc", "/");
    for (const name of ["state", "nonce"]) found.secret(name, sent.searchParams.get(name) ?? "");
    const back = await provider.visit(sent);
    found.secret("code", back.searchParams.get("code") ?? "");
    await fault(back);
    await browser.call("GET", back.pathname + back.search);
  }
  keep("last session");
  await readRecords();
  expect(found.linesOf("log").filter((line) => line.includes("sign-in failed")).length).toBeGreaterThanOrEqual(5);
  expect(found.leaks()).toEqual([]);
});

test("the worker writes none of its secrets, with and without a database", async () => {
  const keys = found.secret("ENCRYPTION_KEYS", randomBytes(32).toString("base64"));
  const aws = found.secret("AWS secret", randomBytes(20).toString("base64"));
  const wrong = new URL(database.url);
  wrong.password = found.secret("database password", `db-${randomBytes(9).toString("hex")}`);
  wrong.port = "1";
  const run = (url: string) =>
    new Promise<string>((resolve) => {
      const settings = {
        DATABASE_URL: url,
        ENCRYPTION_KEYS: keys,
        AWS_ACCESS_KEY_ID: "AKIALEAK",
        AWS_SECRET_ACCESS_KEY: aws,
        AWS_ENDPOINT_URL: "http://127.0.0.1:1",
      };
      const main = path.resolve(import.meta.dirname, "../jobs/main.ts");
      const env = { PATH: process.env.PATH, ...known, ...settings, LOG_LEVEL: "debug" };
      const child = spawn(process.execPath, [main], { env: env as unknown as NodeJS.ProcessEnv });
      let written = "";
      const take = (part: Buffer) => {
        written += String(part);
        // Once it has sealed the audit log it has run what a start runs.
        if (/"job":"audit:seal"|"level":"error"/.test(written)) child.kill("SIGTERM");
      };
      child.stdout.on("data", take);
      child.stderr.on("data", take);
      child.once("close", () => resolve(written));
    });
  for (const url of [database.url, wrong.href]) {
    const written = await run(url);
    expect(written).toMatch(/"level":/);
    found.told("worker", written);
  }
  expect(found.linesOf("worker")[0]).toContain("worker started");
  expect(found.leaks()).toEqual([]);
});
