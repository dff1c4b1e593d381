import { hashPassword } from "../../auth/password.ts";
import { command } from "../../core/command.ts";
import { assertCan } from "../../core/context.ts";
import { findUser, userDtoOf } from "../queries/people.ts";
import { updateUserInput } from "../schema.ts";

/** Renames a person or sets their password, which ends their sessions. */
export const updateUser = command({
  name: "updateUser",
  permission: "people:write",
  input: updateUserInput,
  prepare: async (_ctx, { password }) => (password === undefined ? undefined : await hashPassword(password)),
  async run(ctx, input, passwordHash) {
    assertCan(ctx, "people:write", {});
    const user = await findUser(ctx.tx, input.user);
    const name = input.name === user.name ? undefined : input.name;
    if (name === undefined && passwordHash === undefined) {
      ctx.unchanged();
      return userDtoOf(ctx, user.id);
    }
    await ctx.tx.user.update({
      where: { id: user.id },
      data: {
        ...(name === undefined ? {} : { name }),
        ...(passwordHash === undefined ? {} : { passwordHash, sessionVersion: { increment: 1 } }),
      },
    });
    const changes = {
      ...(name === undefined ? {} : { name: "changed" }),
      ...(passwordHash === undefined ? {} : { password: "changed" }),
    };
    ctx.record({ action: "user.update", topic: "teams", subject: { kind: "user", id: user.id }, changes });
    return userDtoOf(ctx, user.id);
  },
});
