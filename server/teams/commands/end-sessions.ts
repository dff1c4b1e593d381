import { endOtherRows, endRows } from "../../auth/sessions.ts";
import { command } from "../../core/command.ts";
import { findUser, userDtoOf } from "../queries/people.ts";
import { assertMayEndSessionsOf } from "../may-end-sessions.ts";
import { endSessionsInput } from "../schema.ts";

/** Signs a person out everywhere, or everywhere but here. Their API tokens stay. */
export const endSessions = command({
  name: "endSessions",
  permission: "signed-in",
  input: endSessionsInput,
  async run(ctx, { user: id, exceptThis, reason }) {
    assertMayEndSessionsOf(ctx, id);
    await findUser(ctx.tx, id);
    if (exceptThis) {
      if ((await endOtherRows(ctx, id)) === 0) {
        ctx.unchanged();
        return userDtoOf(ctx, id);
      }
    } else {
      await endRows(ctx.tx, { userId: id }, ctx.now());
      await ctx.tx.user.update({ where: { id }, data: { sessionVersion: { increment: 1 } } });
    }
    const changes = exceptThis ? { kept: "the session that asked" } : {};
    ctx.record({ action: "user.end_sessions", topic: "teams", subject: { kind: "user", id }, reason, changes });
    return userDtoOf(ctx, id);
  },
});
