import { NextResponse, type NextRequest } from "next/server";
import { pagePolicy } from "#components/lib/page-policy.ts";
import { answerUnreadablePath, isUnreadable } from "#server/api/unreadable-path.ts";

/** Pages that anyone may open. All else that reaches this file is the console. */
const openPages = ["/sign-in", "/status"];

/** Names that next-auth gives its cookie, plain and over https; long ones are split into .0, .1, … */
const sessionCookie = /^(__Secure-)?next-auth\.session-token(\.0)?$/;

/** The same address with its percent signs taken as they are; Next answers 500 to those that start no character. */
function readable({ nextUrl }: NextRequest): URL {
  const url = new URL(nextUrl.href);
  url.pathname = url.pathname.replaceAll("%", "%25");
  return url;
}

/**
 * Sets the page policy with a fresh nonce, and sends people without a session cookie to sign in. Whether the
 * cookie is worth anything is decided where the data is read, never here. Of the API it sees only paths with
 * escapes, to answer those that cannot be read.
 */
export function proxy(request: NextRequest): Response {
  const { pathname, search } = request.nextUrl;
  if (pathname.startsWith("/api/")) return isUnreadable(pathname) ? answerUnreadablePath(request) : NextResponse.next();
  const isOpen = openPages.some((page) => pathname === page || pathname.startsWith(`${page}/`));
  if (!isOpen && !request.cookies.getAll().some((cookie) => sessionCookie.test(cookie.name))) {
    const url = request.nextUrl.clone();
    url.pathname = "/sign-in";
    url.search = pathname === "/" ? "" : `?${new URLSearchParams({ from: pathname + search })}`;
    return NextResponse.redirect(url);
  }
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = pagePolicy(nonce, process.env.NODE_ENV === "development");
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  // Where to come back to when the session turns out to have ended.
  headers.set("x-from", pathname + search);
  const response = isUnreadable(pathname)
    ? NextResponse.rewrite(readable(request), { request: { headers } })
    : NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

export const config = {
  matcher: [
    "/((?!api/|_next/|health$|ready$|metrics$|favicon\\.ico$|icon\\.svg$|robots\\.txt$).*)",
    // Calls of the API only where Next may fail to read their path.
    "/api/(.*%.*)",
  ],
};
