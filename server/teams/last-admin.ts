import { AppError } from "../core/errors.ts";
import type { Tx } from "../db/client.ts";

/** Serialises whatever could remove the last admin: two admins who remove each other at once must not both succeed. */
export async function lockAdmins(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('quarterdeck.admins'))`;
}

/**
 * Throws `conflict` when nobody who can sign in would administer everything any more, by themselves or by a team.
 * A dormant grant and one that ends are not enough. Call it after the write.
 */
export async function assertAdminRemains(tx: Tx): Promise<void> {
  const grants = await tx.grant.findMany({
    where: {
      principalKind: { in: ["user", "team"] },
      role: "admin",
      scopeKind: "everything",
      environmentId: null,
      environmentKind: null,
      expiresAt: null,
      breakGlass: false,
    },
  });
  const ids = (kind: string) => grants.filter((one) => one.principalKind === kind).map((one) => one.principalId);
  const admins = await tx.user.count({
    where: {
      disabledAt: null,
      AND: [
        { OR: [{ id: { in: ids("user") } }, { memberships: { some: { teamId: { in: ids("team") } } } }] },
        { OR: [{ passwordHash: { not: null } }, { identities: { some: {} } }] },
      ],
    },
  });
  if (admins > 0) return;
  throw new AppError("conflict", "This is the last admin who can sign in.", {
    reason: "last_admin",
    advice: "Make somebody else admin first.",
  });
}
