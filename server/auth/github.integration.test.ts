import { NextRequest } from "next/server";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parseConfig, type Config } from "../core/config.ts";
import { openDb, type Db } from "../db/client.ts";
import { testDatabase, type TestDatabase } from "../testing/database.ts";
import { createUser } from "../testing/factories.ts";
import { startGitHubServer, type GitHubPerson, type GitHubServer } from "../testing/github-server.ts";
import { signInBrowser, type SignInBrowser } from "./testing/sign-in-browser.ts";
import { handleAuth } from "./handler.ts";
import { authOptions } from "./options.ts";
import { gitHubApi } from "./providers.ts";

const portal = "https://deck.example.com";

let database: TestDatabase;
let db: Db;
let github: GitHubServer;
let settings: Config;
let browser: SignInBrowser;

beforeAll(async () => {
  database = await testDatabase();
  db = openDb(database.url, 4);
  github = await startGitHubServer("portal", "0123abcd");
  settings = parseConfig({
    AUTH_SECRET: "secret of the test",
    PUBLIC_URL: portal,
    AUTH_GITHUB_URL: `${github.url}/`,
    AUTH_GITHUB_ID: "portal",
    AUTH_GITHUB_SECRET: "0123abcd",
  });
});
afterAll(async () => {
  await github.close();
  await db.$disconnect();
  await database.drop();
});
beforeEach(() => {
  browser = signInBrowser(() => authOptions(settings, db), portal);
});

/** Goes to GitHub and back; answers where the person ends up. */
async function signIn(tamper: (back: URL) => void = () => {}): Promise<string | undefined> {
  const sent = await browser.begin("github", "/deployments?status=failed");
  expect(sent.origin + sent.pathname).toBe(`${github.url}/login/oauth/authorize`);
  expect(Object.fromEntries(sent.searchParams)).toMatchObject({
    client_id: "portal",
    redirect_uri: `${portal}/api/auth/callback/github`,
    response_type: "code",
    scope: "read:user user:email",
    code_challenge_method: "S256",
    state: expect.any(String) as unknown,
  });
  const there = await fetch(sent, { redirect: "manual" });
  const back = new URL(there.headers.get("location") ?? "");
  tamper(back);
  return (await browser.call("GET", back.pathname + back.search)).location;
}

const session = () => browser.cookies.get("__Secure-next-auth.session-token");
const refused = async (subject: number) => {
  expect(session()).toBeUndefined();
  expect(await db.identity.count({ where: { provider: "github", subject: String(subject) } })).toBe(0);
};

test.each([
  ["https://github.com", "https://api.github.com"],
  ["https://acme.ghe.com", "https://api.acme.ghe.com"],
  ["https://github.example.com", "https://github.example.com/api/v3"],
  ["https://evilgithub.com", "https://evilgithub.com/api/v3"],
])("the API of %s is at %s", (url, api) => {
  expect(gitHubApi(url)).toBe(api);
});

let lastId = 1000;
const person = (more: Partial<GitHubPerson>): GitHubPerson => {
  const id = (lastId += 1);
  const email = `person-${id}@example.com`;
  return {
    id,
    login: `person-${id}`,
    name: `Person ${id}`,
    email,
    emails: [{ email, primary: true, verified: true }],
    ...more,
  };
};

describe("who comes from GitHub", () => {
  test("gets an account without any grant, and back to where they were; the next time the same account", async () => {
    const grace = person({ name: "Grace Hopper" });
    github.next(grace);
    expect(await signIn()).toBe(`${portal}/deployments?status=failed`);
    expect(session()).toBeTruthy();
    const user = await db.user.findUniqueOrThrow({
      where: { email: grace.email ?? "" },
      include: { identities: true },
    });
    expect(user).toMatchObject({ name: "Grace Hopper", passwordHash: null, identities: [{ provider: "github" }] });
    expect(await db.grant.count({ where: { principalId: user.id } })).toBe(0);

    // GitHub's number decides, not the address: that may change.
    github.next({ ...grace, email: null, emails: [] });
    expect(await signIn()).toBe(`${portal}/deployments?status=failed`);
    expect(await db.identity.count({ where: { subject: String(grace.id) } })).toBe(1);
  });

  test("with an e-mail kept private is known by the verified one that the API lists", async () => {
    const email = "Private@example.com";
    const noReply = { email: "7+ada@users.noreply.github.com", primary: false, verified: true };
    github.next(
      person({ email: null, name: null, login: "ada", emails: [noReply, { email, primary: true, verified: true }] }),
    );
    expect(await signIn()).toBe(`${portal}/deployments?status=failed`);
    expect(await db.user.findUniqueOrThrow({ where: { email: email.toLowerCase() } })).toMatchObject({ name: "ada" });
  });

  test("is linked to the account that has their verified e-mail", async () => {
    const local = await createUser(db, { email: "linked@example.com", passwordHash: "x" });
    github.next(person({ email: null, emails: [{ email: "linked@example.com", primary: true, verified: true }] }));
    await signIn();
    expect(session()).toBeTruthy();
    expect(await db.identity.count({ where: { userId: local.id, provider: "github" } })).toBe(1);
  });

  test("with an unverified e-mail takes over no account, although their public profile shows it", async () => {
    const local = await createUser(db, { email: "victim@example.com", passwordHash: "x" });
    const mallory = person({ email: local.email, emails: [{ email: local.email, primary: true, verified: false }] });
    github.next(mallory);
    expect(await signIn()).toBe("/sign-in?error=email_unverified");
    await refused(mallory.id);
  });

  test("without any e-mail is refused", async () => {
    const nobody = person({ email: null, emails: [] });
    github.next(nobody);
    expect(await signIn()).toBe("/sign-in?error=no_email");
    await refused(nobody.id);
  });

  test("and cancels there is back at the sign-in page, not signed in", async () => {
    const shy = person({});
    github.next(shy, "cancel");
    let back: URL | undefined;
    expect(await signIn((url) => (back = url))).not.toMatch(/deployments/);
    await refused(shy.id);
    const request = new NextRequest(back ?? portal);
    const answer = await handleAuth(request, { params: Promise.resolve({ nextauth: ["callback", "github"] }) });
    expect([answer.status, answer.headers.get("location")]).toEqual([302, "/sign-in?error=AccessDenied"]);
  });

  test.each([
    ["another state", (back: URL) => back.searchParams.set("state", "other")],
    ["no state", (back: URL) => back.searchParams.delete("state")],
    ["another code", (back: URL) => back.searchParams.set("code", "other")],
    ["another issuer", (back: URL) => back.searchParams.set("iss", "https://evil.example.com")],
  ])("with %s is not signed in", async (_, tamper) => {
    const eve = person({});
    github.next(eve);
    expect(await signIn(tamper)).toMatch(/\/error\?error=/);
    await refused(eve.id);
  });

  test("with a code that was used already is not signed in again", async () => {
    let used = "";
    github.next(person({}));
    await signIn((back) => (used = back.searchParams.get("code") ?? ""));
    browser.cookies.clear();
    const late = person({});
    github.next(late);
    expect(await signIn((back) => back.searchParams.set("code", used))).toMatch(/\/error\?error=/);
    await refused(late.id);
  });
});
