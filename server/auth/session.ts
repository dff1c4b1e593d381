import { headers } from "next/headers";
import { cache } from "react";
import type { Actor } from "../core/actor.ts";
import { db, type Db } from "../db/client.ts";
import { standingOf } from "./grants.ts";
import { hasBearer } from "./origin.ts";
import { readSession } from "./session-cookie.ts";
import { actorFromToken } from "./tokens.ts";

const seenIsWrittenEveryMs = 5 * 60_000;

/** The person of a session cookie with the grants of this moment; `undefined` when disabled or signed out everywhere. */
async function actorFromCookie(on: Db, cookieHeader: string | null, now: Date): Promise<Actor | undefined> {
  const claims = await readSession(cookieHeader);
  if (!claims) return undefined;
  const user = await on.user.findUnique({ where: { id: claims.userId } });
  if (!user || user.disabledAt || user.sessionVersion !== claims.sessionVersion) return undefined;
  const { grants, dormant } = await standingOf(on, user.id, now);
  if (!user.lastSeenAt || now.getTime() - user.lastSeenAt.getTime() >= seenIsWrittenEveryMs) {
    await on.user.updateMany({ where: { id: user.id }, data: { lastSeenAt: now } });
  }
  return { kind: "user", id: user.id, name: user.name, email: user.email, grants, ...(dormant.length > 0 ? { dormant } : {}) };
}

/**
 * Who makes a request: the bearer token's actor when one is sent, else the person of the session cookie, else
 * nobody. Throws `unauthenticated` for a token that does not count (any more).
 */
export async function actorFromRequest(
  request: Pick<Request, "headers">,
  on: Db = db(),
  now = new Date(),
): Promise<Actor | undefined> {
  if (hasBearer(request)) {
    const bearer = (request.headers.get("authorization") ?? "").replace(/^bearer\s+/i, "").trim();
    return actorFromToken(on, bearer, now);
  }
  return actorFromCookie(on, request.headers.get("cookie"), now);
}

/** The person who looks at the page that is being rendered. Read once per page. */
export const currentActor = cache(async (): Promise<Actor | undefined> => {
  return actorFromCookie(db(), (await headers()).get("cookie"), new Date());
});
