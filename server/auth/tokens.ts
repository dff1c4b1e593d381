import type { Actor } from "../core/actor.ts";
import { AppError } from "../core/errors.ts";
import type { Db } from "../db/client.ts";
import { grantsOfToken } from "./grants.ts";
import { isSecret, readToken } from "./token-format.ts";

const useIsWrittenEveryMs = 60_000;

const refused = (reason: string, message: string) => new AppError("unauthenticated", message, { reason });

/**
 * The actor of a bearer token, with what both the token and its owner may do at this moment. Throws
 * `unauthenticated`; says more than "unknown" only to whoever has the whole secret.
 */
export async function actorFromToken(on: Db, bearer: string, now: Date): Promise<Actor> {
  const parts = readToken(bearer);
  const row = parts && (await on.apiToken.findUnique({ where: { prefix: parts.prefix }, include: { owner: true } }));
  if (!row || !isSecret(parts.secret, row.hash)) throw refused("token_unknown", "This API token is not known.");
  if (row.revokedAt) throw refused("token_revoked", `The API token "${row.name}" was revoked.`);
  if (row.expiresAt && row.expiresAt <= now)
    throw refused("token_expired", `The API token "${row.name}" has expired. Make a new one.`);
  if (row.owner.disabledAt) throw refused("owner_disabled", `The owner of the API token "${row.name}" is disabled.`);

  if (!row.lastUsedAt || now.getTime() - row.lastUsedAt.getTime() >= useIsWrittenEveryMs)
    await writeUse(on, row.id, now);
  return {
    kind: "token",
    id: row.id,
    name: row.name,
    ownerId: row.ownerId,
    grants: await grantsOfToken(on, row, now),
  };
}

/** Not a command: a fact that changes by the minute, which nobody decides. */
async function writeUse(on: Db, id: string, now: Date): Promise<void> {
  const before = new Date(now.getTime() - useIsWrittenEveryMs);
  await on.apiToken.updateMany({
    where: { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lte: before } }] },
    data: { lastUsedAt: now },
  });
}
