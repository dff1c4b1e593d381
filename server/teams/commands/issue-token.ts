import { hashSecret, newTokenParts, writeToken } from "../../auth/token-format.ts";
import type { CommandContext } from "../../core/command.ts";
import { newId } from "../../core/ids.ts";
import type { HeldGrant } from "../../core/permissions.ts";
import { auditedPlace } from "../place.ts";

const dayMs = 24 * 3600_000;

type Issued = { ownerId: string; name: string; grant: HeldGrant; days: number };

/** Writes a new token and its grant; answers its id and the secret, which is kept nowhere. */
export async function issueToken(
  ctx: CommandContext,
  { ownerId, name, grant, days }: Issued,
): Promise<{ id: string; secret: string }> {
  const parts = newTokenParts();
  const id = newId("token");
  const createdAt = ctx.now();
  const expiresAt = new Date(createdAt.getTime() + days * dayMs);
  const row = { id, name, prefix: parts.prefix, hash: hashSecret(parts.secret), ownerId, createdAt, expiresAt };
  await ctx.tx.apiToken.create({ data: row });
  await ctx.tx.grant.create({
    data: { id: newId("grant"), principalKind: "token", principalId: id, ...grant, expiresAt: null },
  });
  ctx.record({
    action: "token.create",
    topic: "teams",
    subject: { kind: "token", id },
    changes: {
      grant: { before: null, after: auditedPlace({ ...grant, expiresAt }) },
      owner: { before: null, after: ownerId },
    },
  });
  return { id, secret: writeToken(parts) };
}
