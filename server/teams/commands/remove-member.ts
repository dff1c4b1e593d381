import { heldGrant } from "../../auth/grants.ts";
import { command } from "../../core/command.ts";
import { assertCan } from "../../core/context.ts";
import { endElevations } from "../end-elevations.ts";
import { assertAdminRemains, lockAdmins } from "../last-admin.ts";
import { findUser } from "../queries/people.ts";
import { findTeam, teamDtoOf } from "../queries/teams.ts";
import { isFullAdmin } from "../rules.ts";
import { memberInput } from "../schema.ts";

/** Takes a person out of a team. What the team holds ends for them at once, also what they raised themselves to. */
export const removeMember = command({
  name: "removeMember",
  permission: "people:write",
  input: memberInput,
  async run(ctx, input) {
    assertCan(ctx, "people:write", {});
    await lockAdmins(ctx.tx);
    const team = await findTeam(ctx.tx, input.team);
    const user = await findUser(ctx.tx, input.user);
    // They may be raising their role by the team at this moment: then there is an elevation to end.
    await ctx.tx.$queryRaw`select id from users where id = ${user.id} for update`;
    const { count } = await ctx.tx.membership.deleteMany({ where: { teamId: team.id, userId: user.id } });
    if (count === 0) {
      ctx.unchanged();
      return teamDtoOf(ctx, team.id);
    }
    const held = await ctx.tx.grant.findMany({ where: { principalKind: "team", principalId: team.id } });
    if (held.some((row) => isFullAdmin(heldGrant(row)))) await assertAdminRemains(ctx.tx);
    await endElevations(ctx, { userId: user.id, grant: { principalKind: "team", principalId: team.id } });
    ctx.record({
      action: "team.remove_member",
      topic: "teams",
      subject: { kind: "team", id: team.id },
      reason: input.reason,
      changes: { member: { before: user.id, after: null } },
    });
    return teamDtoOf(ctx, team.id);
  },
});
