import NextAuth from "next-auth";
import type { NextRequest } from "next/server";
import { authOptions } from "./options.ts";

type Context = { params: Promise<{ nextauth: string[] }> };

/** What the sign-in page and providers use. next-auth has more, such as a log that anyone may write to. */
const actions = new Set(["csrf", "signin", "callback", "signout", "error"]);

/** Answers `/api/auth/…`. */
export async function handleAuth(request: NextRequest, context: Context): Promise<Response> {
  const { nextauth } = await context.params;
  if (!actions.has(nextauth[0] ?? "")) return new Response(null, { status: 404 });
  const response = (await NextAuth(request as never, context as never, authOptions())) as Response;
  response.headers.set("cache-control", "no-store");
  return response;
}
