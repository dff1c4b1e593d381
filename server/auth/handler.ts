import NextAuth from "next-auth";
import type { NextRequest } from "next/server";
import { problemResponse } from "../api/problem-response.ts";
import { processRateLimits, type RateLimits } from "../api/rate-limits.ts";
import { AppError } from "../core/errors.ts";
import { callerOf, countedAddress } from "./caller.ts";
import { authOptions } from "./options.ts";

type Context = { params: Promise<{ nextauth: string[] }> };

/** What the sign-in page and providers use. next-auth has more, such as a log that anyone may write to. */
const actions = new Set(["csrf", "signin", "callback", "signout", "error"]);

/** Those that check something or ask a provider. */
const limited = new Set(["signin", "callback"]);

function toSignIn(error: string): Response {
  const headers = { location: `/sign-in?error=${encodeURIComponent(error)}`, "cache-control": "no-store" };
  return new Response(null, { status: 302, headers });
}

/** Counts a sign-in of this address; answers the refusal when there were too many. */
async function refused(request: NextRequest, limits: RateLimits, address: string): Promise<Response | undefined> {
  try {
    await limits.take("sign-ins", countedAddress(address));
    return undefined;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // Who comes back from a provider sees a page, who pressed the button has a script that reads the problem.
    return request.method === "GET" ? toSignIn("limited:1") : problemResponse(error);
  }
}

/** Answers `/api/auth/…`. */
export async function handleAuth(
  request: NextRequest,
  context: Context,
  limits = processRateLimits(),
): Promise<Response> {
  const { nextauth } = await context.params;
  const action = nextauth[0] ?? "";
  if (!actions.has(action)) return new Response(null, { status: 404 });
  const caller = callerOf(request.headers);
  const refusal = limited.has(action) ? await refused(request, limits, caller.address) : undefined;
  if (refusal) return refusal;
  // Who pressed Cancel at the provider (RFC 6749 section 4.1.2.1). next-auth would call that a failure of the portal.
  if (action === "callback" && request.nextUrl.searchParams.get("error") === "access_denied")
    return toSignIn("AccessDenied");
  const response = (await NextAuth(
    request as never,
    context as never,
    authOptions(undefined, undefined, caller),
  )) as Response;
  response.headers.set("cache-control", "no-store");
  return response;
}
