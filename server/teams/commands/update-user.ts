import { heldGrant } from "../../auth/grants.ts";
import { hashPassword } from "../../auth/password.ts";
import { endOtherRows } from "../../auth/sessions.ts";
import { command } from "../../core/command.ts";
import { assertCan } from "../../core/context.ts";
import { assertMayGive } from "../may-give.ts";
import { grantRowsOf } from "../queries/grants.ts";
import { findUser, userDtoOf } from "../queries/people.ts";
import { updateUserInput } from "../schema.ts";

/** Renames a person or sets their password, which ends their sessions and is for who may do all that they may. */
export const updateUser = command({
  name: "updateUser",
  permission: "people:write",
  input: updateUserInput,
  prepare: async (_ctx, { password }) => (password === undefined ? undefined : await hashPassword(password)),
  async run(ctx, input, passwordHash) {
    assertCan(ctx, "people:write", {});
    const user = await findUser(ctx.tx, input.user);
    // Who sets a password can sign in with it.
    if (passwordHash !== undefined && !(ctx.actor.kind === "user" && ctx.actor.id === user.id)) {
      await assertMayGive(ctx, (await grantRowsOf(ctx.tx, user.id, ctx.now())).map(heldGrant));
    }
    const name = input.name === user.name ? undefined : input.name;
    if (name === undefined && passwordHash === undefined) {
      ctx.unchanged();
      return userDtoOf(ctx, user.id);
    }
    await ctx.tx.user.update({
      where: { id: user.id },
      data: {
        ...(name === undefined ? {} : { name }),
        ...(passwordHash === undefined ? {} : { passwordHash }),
      },
    });
    if (passwordHash !== undefined) await endOtherRows(ctx, user.id);
    const changes = {
      ...(name === undefined ? {} : { name: "changed" }),
      ...(passwordHash === undefined ? {} : { password: "changed" }),
    };
    ctx.record({ action: "user.update", topic: "teams", subject: { kind: "user", id: user.id }, changes });
    return userDtoOf(ctx, user.id);
  },
});
