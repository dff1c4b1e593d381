import { parseActorRef, type Actor } from "../core/actor.ts";
import type { Db, Tx } from "../db/client.ts";
import { grantsOfToken, standingOf } from "./grants.ts";

async function tokenActor(on: Db | Tx, id: string, now: Date): Promise<Actor | undefined> {
  const row = await on.apiToken.findUnique({ where: { id }, include: { owner: true } });
  if (!row || row.revokedAt || (row.expiresAt && row.expiresAt <= now) || row.owner.disabledAt) return undefined;
  const { name, ownerId } = row;
  return { kind: "token", id, name, ownerId, grants: await grantsOfToken(on, row, now) };
}

/**
 * The actor behind a reference such as `user:usr_…`, with what they may do at this moment; undefined when the person
 * or token does not count any more. For work that somebody asked for and that begins later.
 */
export async function actorOf(on: Db | Tx, ref: string, now: Date): Promise<Actor | undefined> {
  const { kind, id } = parseActorRef(ref);
  if (kind === "job" || kind === "system") return { kind, id };
  if (kind === "token") return tokenActor(on, id, now);
  const user = await on.user.findUnique({ where: { id } });
  if (!user || user.disabledAt) return undefined;
  return { kind: "user", id, name: user.name, email: user.email, ...(await standingOf(on, id, now)) };
}
