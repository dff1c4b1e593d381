import { callerOf, countedAddress } from "../auth/caller.ts";
import { actorFromRequest } from "../auth/session.ts";
import { actorRef, type Actor } from "../core/actor.ts";
import type { Db } from "../db/client.ts";
import type { Allowance, RateLimits } from "./rate-limits.ts";

const reads = new Set(["GET", "HEAD", "OPTIONS"]);

type Admitted = { actor: Actor | undefined; allowance: Allowance | undefined };

/**
 * Finds out who calls, and counts the call on their budget: people and tokens have their own, whoever is nobody
 * shares that of an address, those who guess tokens among them. Throws `rate_limited` or `unauthenticated`.
 */
export async function admit(request: Request, db: Db, limits: RateLimits | undefined): Promise<Admitted> {
  const found = await actorFromRequest(request, db).then(
    (actor) => ({ actor }),
    (error: unknown) => ({ actor: undefined, error }),
  );
  const who = found.actor ? actorRef(found.actor) : `address:${countedAddress(callerOf(request.headers).address)}`;
  const allowance = await limits?.take(reads.has(request.method) ? "reads" : "writes", who);
  if ("error" in found) throw found.error;
  return { actor: found.actor, allowance };
}
