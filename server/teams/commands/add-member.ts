import { heldGrant } from "../../auth/grants.ts";
import { command } from "../../core/command.ts";
import { assertCan } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { shownGrants } from "../grant-dto.ts";
import { assertMayGive } from "../may-give.ts";
import { findUser } from "../queries/people.ts";
import { findTeam, teamDtoOf } from "../queries/teams.ts";
import { memberInput } from "../schema.ts";

/** Puts a person into a team. It gives them what the team holds, so nobody adds to a team that holds more than they do. */
export const addMember = command({
  name: "addMember",
  permission: "people:write",
  input: memberInput,
  async run(ctx, input) {
    assertCan(ctx, "people:write", {});
    const team = await findTeam(ctx.tx, input.team);
    const user = await findUser(ctx.tx, input.user);
    if (user.disabledAt) {
      const advice = "Enable the account first.";
      throw new AppError("conflict", `${user.name} is disabled.`, { reason: "user_disabled", advice });
    }
    const given = await ctx.tx.grant.findMany({
      where: { principalKind: "team", principalId: team.id, ...shownGrants(ctx.now()) },
    });
    await assertMayGive(ctx, given.map(heldGrant));
    const key = { teamId: team.id, userId: user.id };
    const { count } = await ctx.tx.membership.createMany({ data: [key], skipDuplicates: true });
    if (count === 0) ctx.unchanged();
    else {
      ctx.record({
        action: "team.add_member",
        topic: "teams",
        subject: { kind: "team", id: team.id },
        reason: input.reason,
        changes: { member: { before: null, after: user.id } },
      });
    }
    return teamDtoOf(ctx, team.id);
  },
});
