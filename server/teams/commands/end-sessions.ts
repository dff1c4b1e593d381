import { command } from "../../core/command.ts";
import { assertCan } from "../../core/context.ts";
import { findUser, userDtoOf } from "../queries/people.ts";
import { userInput } from "../schema.ts";

/** Signs a person out everywhere. Their API tokens stay. */
export const endSessions = command({
  name: "endSessions",
  permission: "all:read",
  input: userInput,
  async run(ctx, { user: id, reason }) {
    const isSelf = ctx.actor.kind === "user" && ctx.actor.id === id;
    if (!isSelf) assertCan(ctx, "people:write", {});
    await findUser(ctx.tx, id);
    await ctx.tx.user.update({ where: { id }, data: { sessionVersion: { increment: 1 } } });
    ctx.record({ action: "user.end_sessions", topic: "teams", subject: { kind: "user", id }, reason });
    return userDtoOf(ctx, id);
  },
});
