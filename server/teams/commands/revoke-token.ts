import { command } from "../../core/command.ts";
import { AppError, notFound } from "../../core/errors.ts";
import { mayRevoke, tokenDtoOf } from "../queries/tokens.ts";
import { tokenInput } from "../schema.ts";

/** Ends a token for good: one's own, or anybody's for those who administer people. */
export const revokeToken = command({
  name: "revokeToken",
  permission: "tokens:write",
  input: tokenInput,
  async run(ctx, { token: id, reason }) {
    const row = await ctx.tx.apiToken.findUnique({ where: { id } });
    if (!row) throw notFound("token", id);
    const answer = mayRevoke(ctx, row.ownerId);
    if (answer !== true) throw new AppError("forbidden", answer, { reason: "missing_permission" });
    const { count } = await ctx.tx.apiToken.updateMany({
      where: { id, revokedAt: null },
      data: { revokedAt: ctx.now() },
    });
    if (count === 0) ctx.unchanged();
    else ctx.record({ action: "token.revoke", topic: "teams", subject: { kind: "token", id }, reason });
    return tokenDtoOf(ctx, id);
  },
});
