import { decode, encode } from "next-auth/jwt";
import { config, publicUrl, requiredSecret, type Config } from "../core/config.ts";

/** How long a session lasts from its sign-in, in seconds: a week, never renewed. */
export const sessionMaxAge = 7 * 24 * 3600;

/** All that a session cookie says. Whether it still counts is read from the database. */
export type SessionClaims = { userId: string; sessionVersion: number; sessionId: string };

/** Cookies carry `Secure` when people reach the portal over https. */
export function usesSecureCookies(settings: Config = config()): boolean {
  return publicUrl(settings).startsWith("https://");
}

/** Name of the session cookie; browsers take `__Secure-` ones over https alone. */
export function sessionCookieName(): string {
  return `${usesSecureCookies() ? "__Secure-" : ""}next-auth.session-token`;
}

/** The value of one cookie of a Cookie header. */
function cookieValue(header: string, name: string): string | undefined {
  for (const part of header.split(";")) {
    const at = part.indexOf("=");
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}

/** What a decrypted cookie says; `undefined` unless it says all of it. */
export function sessionClaims({ sub, sessionVersion, sessionId }: Record<string, unknown>): SessionClaims | undefined {
  if (typeof sub !== "string" || typeof sessionVersion !== "number" || typeof sessionId !== "string") return undefined;
  return { userId: sub, sessionVersion, sessionId };
}

/** Claims of the session cookie in a Cookie header, `undefined` when there is none that we encrypted or it has expired. */
export async function readSession(cookieHeader: string | null): Promise<SessionClaims | undefined> {
  const token = cookieValue(cookieHeader ?? "", sessionCookieName());
  if (!token) return undefined;
  try {
    const claims = await decode({ token, secret: requiredSecret("AUTH_SECRET") });
    return claims ? sessionClaims(claims) : undefined;
  } catch {
    return undefined;
  }
}

/** A Cookie header of a person's session, as a sign-in would set it. */
export async function writeSession({ userId, sessionVersion, sessionId }: SessionClaims): Promise<string> {
  const token = { sub: userId, sessionVersion, sessionId };
  const value = await encode({ token, secret: requiredSecret("AUTH_SECRET"), maxAge: sessionMaxAge });
  return `${sessionCookieName()}=${value}`;
}
