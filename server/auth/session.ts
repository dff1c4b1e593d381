import { headers } from "next/headers";
import { cache } from "react";
import type { Actor } from "../core/actor.ts";
import { db, type Db } from "../db/client.ts";
import { standingOf } from "./grants.ts";
import { hasBearer } from "./origin.ts";
import { readSession } from "./session-cookie.ts";
import { openSession } from "./sessions.ts";
import { actorFromToken } from "./tokens.ts";

/** The person of a session cookie with the grants of this moment; `undefined` when the session does not count. */
async function actorFromCookie(on: Db, cookieHeader: string | null, now: Date): Promise<Actor | undefined> {
  const claims = await readSession(cookieHeader);
  const session = claims && (await openSession(on, claims, now));
  if (!session) return undefined;
  const { userId: id, name, email, sessionId } = session;
  const { grants, dormant } = await standingOf(on, id, now);
  return { kind: "user", id, name, email, sessionId, grants, ...(dormant.length > 0 ? { dormant } : {}) };
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
