import { endRows } from "../../auth/sessions.ts";
import { command } from "../../core/command.ts";
import { assertCan } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { endElevations } from "../end-elevations.ts";
import { assertAdminRemains, lockAdmins } from "../last-admin.ts";
import { findUser, userDtoOf } from "../queries/people.ts";
import { userInput } from "../schema.ts";

/** Shuts a person out at once: sessions end, sign-in and tokens are refused. Nothing of theirs is deleted. */
export const disableUser = command({
  name: "disableUser",
  permission: "people:write",
  input: userInput,
  async run(ctx, { user: id, reason }) {
    assertCan(ctx, "people:write", {});
    if (ctx.actor.kind === "user" && ctx.actor.id === id) {
      throw new AppError("conflict", "Somebody else has to disable you.", { reason: "self" });
    }
    await lockAdmins(ctx.tx);
    const user = await findUser(ctx.tx, id);
    if (user.disabledAt) ctx.unchanged();
    else {
      await ctx.tx.user.update({ where: { id }, data: { disabledAt: ctx.now(), sessionVersion: { increment: 1 } } });
      await endRows(ctx.tx, { userId: id }, ctx.now());
      await assertAdminRemains(ctx.tx);
      await endElevations(ctx, { userId: id });
      ctx.record({ action: "user.disable", topic: "teams", subject: { kind: "user", id }, reason });
    }
    return userDtoOf(ctx, id);
  },
});
