import { heldGrant } from "../../auth/grants.ts";
import { command } from "../../core/command.ts";
import { notFound } from "../../core/errors.ts";
import { endElevations } from "../end-elevations.ts";
import { grantDtos, shownGrants } from "../grant-dto.ts";
import { assertAdminRemains, lockAdmins } from "../last-admin.ts";
import { assertMayGive } from "../may-give.ts";
import { auditedPlace } from "../place.ts";
import { isFullAdmin } from "../rules.ts";
import { grantInput } from "../schema.ts";

/**
 * Takes a role away, at once. The last admin stays. A break-glass grant that was ever used keeps its row, expired:
 * its elevations tell of it, and may still have to be reviewed.
 */
export const deleteGrant = command({
  name: "deleteGrant",
  permission: "people:write",
  input: grantInput,
  async run(ctx, { grant: id, reason }) {
    await lockAdmins(ctx.tx);
    // Its holder may be raising their role by it at this moment: then there is an elevation to end.
    await ctx.tx.$queryRaw`select id from grants where id = ${id} for update`;
    const row = await ctx.tx.grant.findFirst({
      where: { id, ...shownGrants(ctx.now()) },
      include: { _count: { select: { elevations: true } } },
    });
    if (!row) throw notFound("grant", id);
    const held = heldGrant(row);
    await assertMayGive(ctx, [held]);
    const [dto] = await grantDtos(ctx, [row]);
    if (!dto) throw notFound("grant", id);
    if (row._count.elevations === 0) await ctx.tx.grant.delete({ where: { id } });
    else {
      await endElevations(ctx, { grantId: id });
      await ctx.tx.grant.update({ where: { id }, data: { expiresAt: ctx.now() } });
    }
    if (isFullAdmin(held) && !row.breakGlass) await assertAdminRemains(ctx.tx);
    ctx.record({
      action: "grant.delete",
      topic: "teams",
      subject: { kind: row.principalKind, id: row.principalId },
      reason,
      changes: { grant: { before: auditedPlace({ ...held, breakGlass: row.breakGlass }), after: null } },
    });
    return dto;
  },
});
