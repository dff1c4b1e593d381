import { hashPassword, verifyPassword } from "../../auth/password.ts";
import { endOtherRows } from "../../auth/sessions.ts";
import { command } from "../../core/command.ts";
import { AppError, invalidField } from "../../core/errors.ts";
import { findUser, userDtoOf } from "../queries/people.ts";
import { changePasswordInput } from "../schema.ts";

/** Sets one's own password, which ends all one's sessions but the one that asks. */
export const changePassword = command({
  name: "changePassword",
  permission: "all:read",
  input: changePasswordInput,
  async prepare({ actor, db }, { current, password }) {
    if (actor.kind !== "user")
      throw new AppError("forbidden", "Only people have a password.", { reason: "not_a_person" });
    const { passwordHash } = await findUser(db, actor.id);
    if (!passwordHash)
      throw new AppError("conflict", "You sign in without a password here.", { reason: "no_password" });
    if (!(await verifyPassword(current, passwordHash))) throw invalidField("current", "is not your present password");
    return { id: actor.id, passwordHash: await hashPassword(password) };
  },
  async run(ctx, _input, { id, passwordHash }) {
    await ctx.tx.user.update({ where: { id }, data: { passwordHash } });
    await endOtherRows(ctx, id);
    ctx.record({
      action: "user.update",
      topic: "teams",
      subject: { kind: "user", id },
      changes: { password: "changed" },
    });
    return userDtoOf(ctx, id);
  },
});
