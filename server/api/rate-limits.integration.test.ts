import { NextRequest } from "next/server";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { handleAuth } from "../auth/handler.ts";
import { peerHeader } from "../auth/peer.ts";
import { bearerOf } from "../testing/api-caller.ts";
import { createUser, grant } from "../testing/factories.ts";
import { createFakeRuntime } from "../testing/fake-runtime.ts";
import { createSession } from "../testing/session.ts";
import { withDatabase } from "../testing/with-database.ts";
import { createApi } from "./handler.ts";
import { rateLimits, type Budgets } from "./rate-limits.ts";

vi.hoisted(() => void (process.env.AUTH_SECRET = "secret of the test"));

const database = withDatabase();
const origin = "http://localhost:3000";
const { ports } = createFakeRuntime();

type Called = { method?: string; path?: string; headers?: Record<string, string>; from?: string };

/** An API with small budgets of its own. */
function api(budgets: Partial<Budgets>) {
  const limits = rateLimits({ reads: 0, writes: 0, "sign-ins": 0, ...budgets });
  const handle = createApi({ db: () => database.db, ports: () => ports, limits });
  return ({ method = "GET", path = "/me", headers = {}, from = "192.0.2.1" }: Called) =>
    handle(new Request(`${origin}/api/v1${path}`, { method, headers: { origin, [peerHeader]: from, ...headers } }));
}

/** Statuses of calls, one after the other. */
async function statuses(call: ReturnType<typeof api>, calls: Called[]): Promise<number[]> {
  const found: number[] = [];
  for (const one of calls) found.push((await call(one)).status);
  return found;
}

let bearer: { authorization: string };
beforeEach(async () => {
  bearer = { authorization: await bearerOf(database.db, "viewer") };
});

describe("a budget", () => {
  test("is refused beyond, as a problem that says when to come back", async () => {
    const call = api({ reads: 2 });
    const first = await call({ headers: bearer });
    expect(first.headers.get("ratelimit-policy")).toBe('"reads";q=2;w=60');
    expect(first.headers.get("ratelimit")).toMatch(/^"reads";r=1;t=\d+$/);
    expect(first.headers.has("retry-after")).toBe(false);
    await call({ headers: bearer });
    const refused = await call({ headers: bearer });
    const body = (await refused.json()) as { retryAfter: number };
    expect([refused.status, refused.headers.get("content-type")]).toEqual([429, "application/problem+json"]);
    expect(body).toMatchObject({
      code: "rate_limited",
      reason: "reads_exhausted",
      requestId: refused.headers.get("x-request-id"),
    });
    expect(body.retryAfter).toBeGreaterThan(0);
    expect(refused.headers.get("retry-after")).toBe(String(body.retryAfter));
  });

  test("begins anew after a minute", async () => {
    vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"] });
    try {
      const { take } = rateLimits({ reads: 1, writes: 0, "sign-ins": 0 });
      await take("reads", "user:a");
      await expect(take("reads", "user:a")).rejects.toMatchObject({ details: { retryAfter: 60 } });
      vi.advanceTimersByTime(45_000);
      await expect(take("reads", "user:a")).rejects.toMatchObject({ details: { retryAfter: 15 } });
      vi.advanceTimersByTime(15_001);
      expect(await take("reads", "user:a")).toMatchObject({ remaining: 0 });
    } finally {
      vi.useRealTimers();
    }
  });

  test("of reads leaves that of writes alone, and the other way round", async () => {
    const call = api({ reads: 1, writes: 1 });
    const write = { method: "POST", path: "/tokens", headers: bearer };
    expect(await statuses(call, [{ headers: bearer }, { headers: bearer }])).toEqual([200, 429]);
    expect(await statuses(call, [write, write])).toEqual([400, 429]);
  });

  test("is a person's or a token's own, wherever they come from", async () => {
    const call = api({ reads: 1 });
    const user = await createUser(database.db, { grants: [grant("viewer")] });
    const { cookie } = await createSession(database.db, user);
    const elsewhere = await createSession(database.db, user);
    const other = { authorization: await bearerOf(database.db, "viewer") };
    expect(await statuses(call, [{ headers: bearer }, { headers: other }, { headers: { cookie } }])).toEqual([
      200, 200, 200,
    ]);
    expect(
      await statuses(call, [{ headers: bearer, from: "192.0.2.2" }, { headers: { cookie: elsewhere.cookie } }]),
    ).toEqual([429, 429]);
  });

  test("of nobody is that of the address, and guessing tokens is on it", async () => {
    const call = api({ reads: 2 });
    const guess = { headers: { authorization: "Bearer qd_guess" } };
    expect(await statuses(call, [{}, guess, guess, { from: "192.0.2.2" }])).toEqual([401, 401, 429, 401]);
    // Whoever is somebody is not held up by who shares the address with them.
    expect(await statuses(call, [{ headers: bearer }])).toEqual([200]);
    // A header that anybody can send makes no new address.
    expect(await statuses(call, [{ headers: { "x-forwarded-for": "203.0.113.5" } }])).toEqual([429]);
  });

  test("of an IPv6 address is that of its network", async () => {
    const call = api({ reads: 1 });
    expect(
      await statuses(call, [{ from: "2001:db8::1" }, { from: "2001:db8::2" }, { from: "2001:db8:0:1::1" }]),
    ).toEqual([401, 429, 401]);
  });

  test("of 0 is none", async () => {
    const call = api({});
    expect(new Set(await statuses(call, Array<Called>(50).fill({})))).toEqual(new Set([401]));
    expect((await call({})).headers.has("ratelimit")).toBe(false);
  });
});

describe("signing in", () => {
  const limits = () => rateLimits({ reads: 0, writes: 0, "sign-ins": 1 });
  const call = (given: ReturnType<typeof limits>, method: string, path: string, from = "192.0.2.1") => {
    const request = new NextRequest(`${origin}/api/auth/${path}`, { method, headers: { [peerHeader]: from } });
    return handleAuth(request, { params: Promise.resolve({ nextauth: path.split(/[/?]/, 2) }) }, given);
  };
  // Cancelled at the provider: an answer that asks nothing of next-auth.
  const back = "callback/oidc?error=access_denied";

  test("is limited by address: the form is told when, who comes from a provider sees the page", async () => {
    const given = limits();
    expect((await call(given, "GET", back)).headers.get("location")).toBe("/sign-in?error=AccessDenied");
    expect((await call(given, "GET", back)).headers.get("location")).toBe("/sign-in?error=limited%3A1");
    const refused = await call(given, "POST", "callback/local");
    expect([refused.status, refused.headers.get("content-type")]).toEqual([429, "application/problem+json"]);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await call(given, "GET", back, "192.0.2.2")).headers.get("location")).toBe("/sign-in?error=AccessDenied");
  });
});
