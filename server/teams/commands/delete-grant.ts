import { heldGrant, placesOf } from "../../auth/grants.ts";
import { command } from "../../core/command.ts";
import { AppError, notFound } from "../../core/errors.ts";
import { grantDtos } from "../grant-dto.ts";
import { assertAdminRemains, lockAdmins } from "../last-admin.ts";
import { auditedPlace } from "../place.ts";
import { isFullAdmin, mayGive } from "../rules.ts";
import { grantInput } from "../schema.ts";

/** Takes a role away, at once. The last admin stays. */
export const deleteGrant = command({
  name: "deleteGrant",
  permission: "people:write",
  input: grantInput,
  async run(ctx, { grant: id, reason }) {
    await lockAdmins(ctx.tx);
    const row = await ctx.tx.grant.findUnique({ where: { id } });
    // A token's grant goes with the token.
    if (!row || row.principalKind !== "user") throw notFound("grant", id);
    const held = heldGrant(row);
    const own = ctx.actor.kind === "user" || ctx.actor.kind === "token" ? ctx.actor.grants : [];
    const places = await placesOf(ctx.tx, [held, ...own]);
    const answer = mayGive(ctx.actor, { wanted: held, as: "admin", places, now: ctx.now() });
    if (answer !== true) throw new AppError("forbidden", answer, { reason: "more_than_held" });
    const [dto] = await grantDtos(ctx, [row]);
    if (!dto) throw notFound("grant", id);
    await ctx.tx.grant.delete({ where: { id } });
    if (isFullAdmin(held)) await assertAdminRemains(ctx.tx);
    ctx.record({
      action: "grant.delete",
      topic: "teams",
      subject: { kind: "user", id: row.principalId },
      reason,
      changes: { grant: { before: auditedPlace(held), after: null } },
    });
    return dto;
  },
});
