import NextAuth from "next-auth";
import type { NextRequest } from "next/server";
import { authOptions } from "./options.ts";

type Context = { params: Promise<{ nextauth: string[] }> };

/** What the sign-in page and providers use. next-auth has more, such as a log that anyone may write to. */
const actions = new Set(["csrf", "signin", "callback", "signout", "error"]);

/** Who pressed Cancel at the provider (RFC 6749 section 4.1.2.1). next-auth would call that a failure of the portal. */
function cancelled(): Response {
  const headers = { location: "/sign-in?error=AccessDenied", "cache-control": "no-store" };
  return new Response(null, { status: 302, headers });
}

/** Answers `/api/auth/…`. */
export async function handleAuth(request: NextRequest, context: Context): Promise<Response> {
  const { nextauth } = await context.params;
  if (!actions.has(nextauth[0] ?? "")) return new Response(null, { status: 404 });
  if (nextauth[0] === "callback" && request.nextUrl.searchParams.get("error") === "access_denied") return cancelled();
  const response = (await NextAuth(request as never, context as never, authOptions())) as Response;
  response.headers.set("cache-control", "no-store");
  return response;
}
