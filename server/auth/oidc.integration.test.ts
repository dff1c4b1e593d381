import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parseConfig, type Config } from "../core/config.ts";
import { createUser } from "../testing/factories.ts";
import { startOidcProvider, type OidcProvider, type Person } from "../testing/oidc-provider.ts";
import { withDatabase } from "../testing/with-database.ts";
import { signInBrowser, type SignInBrowser } from "./testing/sign-in-browser.ts";
import { authOptions } from "./options.ts";

const portal = "https://deck.example.com";
const redirectUri = `${portal}/api/auth/callback/oidc`;
const secret = "secret of the client, long enough";

const database = withDatabase();
let provider: OidcProvider;
let settings: Config;
let browser: SignInBrowser;

beforeAll(async () => {
  provider = await startOidcProvider([
    { id: "portal", secret, redirectUri },
    { id: "another", secret, redirectUri },
  ]);
  settings = parseConfig({
    AUTH_SECRET: "secret of the test",
    PUBLIC_URL: portal,
    AUTH_OIDC_ISSUER: provider.url,
    AUTH_OIDC_ID: "portal",
    AUTH_OIDC_SECRET: secret,
  });
});
afterAll(() => provider.close());
beforeEach(() => {
  browser = signInBrowser(() => authOptions(settings, database.db), portal);
});

type Tampering = { there?: (sent: URL) => void; back?: (back: URL) => void; meanwhile?: () => unknown };

/** Goes to the provider and back, maybe with something done to the addresses; answers where the person ends up. */
async function signIn(
  person: Person,
  { there = () => {}, back = () => {}, meanwhile = () => {} }: Tampering = {},
): Promise<string | undefined> {
  provider.next(person);
  const sent = await browser.begin("oidc", "/services?environment=production");
  there(sent);
  const returned = await provider.visit(sent);
  expect(returned.origin + returned.pathname).toBe(redirectUri);
  back(returned);
  await meanwhile();
  return (await browser.call("GET", returned.pathname + returned.search)).location;
}

const session = () => browser.cookies.get("__Secure-next-auth.session-token");
const home = `${portal}/services?environment=production`;

let count = 0;
/** Somebody new whom the provider vouches for. */
function person(more: Record<string, unknown> = {}, how: Partial<Person> = {}): Person {
  const sub = `sub-${(count += 1)}`;
  return { claims: { sub, email: `${sub}@example.com`, email_verified: true, name: "Ada Lovelace", ...more }, ...how };
}

/** Nobody is signed in, and no account was made or taken over. */
async function expectNobody({ claims }: Person): Promise<void> {
  expect(session()).toBeUndefined();
  expect(await database.db.identity.count({ where: { subject: claims.sub } })).toBe(0);
}

describe("who comes from the provider", () => {
  test("gets an account without any grant, a session, and back to where they were; the next time the same account", async () => {
    const ada = person({ email: "Ada@Example.com" });
    expect(await signIn(ada)).toBe(home);
    expect(session()).toBeTruthy();
    const user = await database.db.user.findUniqueOrThrow({
      where: { email: "ada@example.com" },
      include: { sessions: true },
    });
    expect(user).toMatchObject({
      name: "Ada Lovelace",
      passwordHash: null,
      sessions: [{ provider: "oidc", endedAt: null }],
    });
    expect(await database.db.grant.count({ where: { principalId: user.id } })).toBe(0);

    expect(await signIn(ada)).toBe(home);
    expect(await database.db.identity.count({ where: { userId: user.id } })).toBe(1);
  });

  test("is sent there with PKCE, state and nonce", async () => {
    provider.next(person());
    const sent = await browser.begin("oidc", "/");
    expect(Object.fromEntries(sent.searchParams)).toMatchObject({
      client_id: "portal",
      redirect_uri: redirectUri,
      response_type: "code",
      scope: "openid email profile",
      code_challenge_method: "S256",
    });
    for (const check of ["state", "nonce", "code_challenge"])
      expect(sent.searchParams.get(check), check).toMatch(/^[\w-]{30,}$/);
  });

  test("and whose ID token leaves the e-mail out is asked for it at the userinfo endpoint", async () => {
    const grace = person({ name: "Grace" }, { isShyInIdToken: true });
    expect(await signIn(grace)).toBe(home);
    expect(await database.db.user.count({ where: { email: `${grace.claims.sub}@example.com`, name: "Grace" } })).toBe(
      1,
    );
  });

  test("with an address that is not verified takes over no account", async () => {
    const local = await createUser(database.db, { email: "local@example.com", passwordHash: "x" });
    const mallory = person({ email: local.email, email_verified: false });
    expect(await signIn(mallory)).toBe("/sign-in?error=email_unverified");
    await expectNobody(mallory);
  });

  test("and cancels there is not signed in", async () => {
    const shy = person({}, { cancels: true });
    let returned = "";
    const location = await signIn(shy, { back: (url) => (returned = url.searchParams.get("error") ?? "") });
    // handleAuth answers this before next-auth sees it, with words of its own.
    expect(returned).toBe("access_denied");
    expect(location).toMatch(/error=/);
    await expectNobody(shy);
  });

  test("and was disabled here is not signed in", async () => {
    const gone = person();
    await signIn(gone);
    await database.db.user.updateMany({
      where: { email: `${gone.claims.sub}@example.com` },
      data: { disabledAt: new Date() },
    });
    browser.cookies.clear();
    expect(await signIn(gone)).toBe("/sign-in?error=disabled");
    expect(session()).toBeUndefined();
  });
});

describe("an answer that is not for this sign-in signs nobody in:", () => {
  const set = (name: string, value: string) => (url: URL) => url.searchParams.set(name, value);
  test.each<[string, Tampering]>([
    ["another state", { back: set("state", "other") }],
    ["no state", { back: (url) => url.searchParams.delete("state") }],
    ["another code", { back: set("code", "other") }],
    ["another issuer", { back: set("iss", "https://evil.example.com") }],
    ["the nonce of another sign-in", { there: set("nonce", "other") }],
    ["the code challenge of another sign-in", { there: set("code_challenge", "x".repeat(43)) }],
    ["a code for another client", { there: set("client_id", "another") }],
  ])("%s", async (_, tampering) => {
    const eve = person();
    expect(await signIn(eve, tampering)).toMatch(/error=/);
    await expectNobody(eve);
  });

  test("a code that was used already", async () => {
    let used = "";
    await signIn(person(), { back: (url) => (used = url.searchParams.get("code") ?? "") });
    browser.cookies.clear();
    const eve = person();
    expect(await signIn(eve, { back: set("code", used) })).toMatch(/error=/);
    await expectNobody(eve);
  });

  test("somebody else's answer, in a browser that began nothing", async () => {
    const eve = person();
    expect(await signIn(eve, { meanwhile: () => browser.cookies.clear() })).toMatch(/error=/);
    await expectNobody(eve);
  });
});

describe("an ID token that the provider should not have written signs nobody in:", () => {
  const past = (seconds: number) => Math.floor(Date.now() / 1000) - seconds;
  test.each<[string, () => Record<string, unknown>]>([
    ["for another client", () => ({ aud: "another" })],
    ["for several, asked for by another", () => ({ aud: ["portal", "another"], azp: "another" })],
    ["of another issuer", () => ({ iss: "https://evil.example.com" })],
    ["with another nonce", () => ({ nonce: "other" })],
    ["without a nonce", () => ({ nonce: undefined })],
    ["that has expired", () => ({ iat: past(3600), exp: past(1800) })],
    ["from the future", () => ({ iat: past(-3600), nbf: past(-3600) })],
  ])("%s", async (_, wrong) => {
    const eve = person();
    expect(await signIn(eve, { meanwhile: () => provider.tamper((claims) => ({ ...claims, ...wrong() })) })).toMatch(
      /error=/,
    );
    await expectNobody(eve);
  });

  test("signed with a key that the provider does not publish", async () => {
    const eve = person();
    expect(await signIn(eve, { meanwhile: () => provider.signWithUnknownKey() })).toMatch(/error=/);
    await expectNobody(eve);
  });

  test("but the one that tampering leaves as it is signs in", async () => {
    expect(await signIn(person(), { meanwhile: () => provider.tamper((claims) => claims) })).toBe(home);
    expect(session()).toBeTruthy();
  });
});

describe("a provider", () => {
  test("that changes its keys goes on signing people in, also those on their way", async () => {
    expect(await signIn(person())).toBe(home);
    expect(await signIn(person(), { meanwhile: () => provider.rotateKeys() })).toBe(home);
    provider.rotateKeys();
    expect(await signIn(person())).toBe(home);
  });

  test("that is away leads back to the sign-in page, before and after; when it is back so are people", async () => {
    const ada = person();
    expect(await signIn(ada, { meanwhile: () => provider.stop() })).toMatch(/\/sign-in\?error=|\/error\?error=/);
    await expectNobody(ada);
    const { csrfToken } = (await browser.call("GET", "/api/auth/csrf")).body as { csrfToken: string };
    const { location } = await browser.call("POST", "/api/auth/signin/oidc", { csrfToken, callbackUrl: "/" });
    expect(location).toMatch(/error=OAuthSignin/);
    await provider.start();
    expect(await signIn(ada)).toBe(home);
  });
});
