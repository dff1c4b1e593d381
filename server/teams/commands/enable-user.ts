import { heldGrant } from "../../auth/grants.ts";
import { command } from "../../core/command.ts";
import { assertCan } from "../../core/context.ts";
import { assertMayGive } from "../may-give.ts";
import { grantRowsOf } from "../queries/grants.ts";
import { findUser, userDtoOf } from "../queries/people.ts";
import { userInput } from "../schema.ts";

/** Lets a disabled person in again, with the grants that they had, which is to give them those. */
export const enableUser = command({
  name: "enableUser",
  permission: "people:write",
  input: userInput,
  async run(ctx, { user: id, reason }) {
    assertCan(ctx, "people:write", {});
    const user = await findUser(ctx.tx, id);
    if (!user.disabledAt) ctx.unchanged();
    else {
      await assertMayGive(ctx, (await grantRowsOf(ctx.tx, id, ctx.now())).map(heldGrant));
      await ctx.tx.user.update({ where: { id }, data: { disabledAt: null } });
      ctx.record({ action: "user.enable", topic: "teams", subject: { kind: "user", id }, reason });
    }
    return userDtoOf(ctx, id);
  },
});
