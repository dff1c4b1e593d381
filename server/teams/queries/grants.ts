import { query } from "../../core/query.ts";
import { grantDtos } from "../grant-dto.ts";
import { listGrantsInput } from "../schema.ts";

export const listGrants = query({
  name: "listGrants",
  permission: "all:read",
  input: listGrantsInput,
  async run(ctx, { user, cursor, limit }) {
    const rows = await ctx.db.grant.findMany({
      where: {
        principalKind: "user",
        ...(user ? { principalId: user } : {}),
        ...(cursor ? { id: { gt: cursor } } : {}),
      },
      orderBy: { id: "asc" },
      take: limit + 1,
    });
    const page = rows.slice(0, limit);
    return { items: await grantDtos(ctx, page), next: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
  },
});
