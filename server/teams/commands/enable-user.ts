import { command } from "../../core/command.ts";
import { assertCan } from "../../core/context.ts";
import { findUser, userDtoOf } from "../queries/people.ts";
import { userInput } from "../schema.ts";

/** Lets a disabled person in again, with the grants that they had. */
export const enableUser = command({
  name: "enableUser",
  permission: "people:write",
  input: userInput,
  async run(ctx, { user: id, reason }) {
    assertCan(ctx, "people:write", {});
    const user = await findUser(ctx.tx, id);
    if (!user.disabledAt) ctx.unchanged();
    else {
      await ctx.tx.user.update({ where: { id }, data: { disabledAt: null } });
      ctx.record({ action: "user.enable", topic: "teams", subject: { kind: "user", id }, reason });
    }
    return userDtoOf(ctx, id);
  },
});
