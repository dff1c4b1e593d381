import { cutPage } from "../../core/page.ts";
import { query } from "../../core/query.ts";
import type { Db, Tx } from "../../db/client.ts";
import type { Grant } from "../../db/generated/client.ts";
import { grantDtos, shownGrants } from "../grant-dto.ts";
import { listGrantsInput } from "../schema.ts";

/** Roles that are given, oldest first, page by page. */
export const listGrants = query({
  name: "listGrants",
  permission: "all:read",
  input: listGrantsInput,
  async run(ctx, { user, toTeam, token, cursor, limit }) {
    const principals = Object.entries({ user, team: toTeam, token }).filter(([, id]) => id !== undefined);
    const rows = await ctx.db.grant.findMany({
      where: {
        ...shownGrants(ctx.now()),
        AND: principals.map(([kind, id]) => ({ principalKind: kind, principalId: id ?? "" })),
        ...(cursor ? { id: { gt: cursor } } : {}),
      },
      orderBy: { id: "asc" },
      take: limit + 1,
    });
    const page = cutPage(rows, limit);
    return { items: await grantDtos(ctx, page.rows), next: page.next };
  },
});

/** Grants of a person and of their teams that have not expired, dormant ones among them. */
export async function grantRowsOf(on: Db | Tx, userId: string, now: Date): Promise<Grant[]> {
  const memberships = await on.membership.findMany({ where: { userId } });
  return on.grant.findMany({
    where: {
      AND: [
        {
          OR: [
            { principalKind: "user", principalId: userId },
            { principalKind: "team", principalId: { in: memberships.map((one) => one.teamId) } },
          ],
        },
        { OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
      ],
    },
    orderBy: { id: "asc" },
  });
}
