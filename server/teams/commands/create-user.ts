import { hashPassword } from "../../auth/password.ts";
import { command } from "../../core/command.ts";
import { assertCan } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { newId } from "../../core/ids.ts";
import { userDtoOf } from "../queries/people.ts";
import { createUserInput } from "../schema.ts";

/** Adds a person. They may do nothing until somebody grants them a role. */
export const createUser = command({
  name: "createUser",
  permission: "people:write",
  input: createUserInput,
  prepare: async (_ctx, { password }) => (password === undefined ? null : await hashPassword(password)),
  async run(ctx, { email, name }, passwordHash) {
    assertCan(ctx, "people:write", {});
    const id = newId("user");
    const { count } = await ctx.tx.user.createMany({ data: [{ id, email, name, passwordHash }], skipDuplicates: true });
    if (count === 0) {
      const message = "somebody has this e-mail address already";
      throw new AppError("conflict", `email: ${message}`, { reason: "email_taken", fields: { email: message } });
    }
    // Names and addresses stay out of the audit log, which nobody can erase from.
    ctx.record({ action: "user.create", topic: "teams", subject: { kind: "user", id } });
    return userDtoOf(ctx, id);
  },
});
