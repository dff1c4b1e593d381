import { deviceInWords } from "../../auth/device.ts";
import { endRows } from "../../auth/sessions.ts";
import { command } from "../../core/command.ts";
import { Refusal } from "../../core/context.ts";
import { notFound } from "../../core/errors.ts";
import { mayEndSessionsOf } from "../may-end-sessions.ts";
import { sessionDto } from "../queries/sessions.ts";
import { sessionInput } from "../schema.ts";

/** Signs one device out. A session that has ended stays as it is. */
export const endSession = command({
  name: "endSession",
  permission: "signed-in",
  input: sessionInput,
  async run(ctx, { session: id, reason }) {
    const session = await ctx.tx.session.findUnique({ where: { id } });
    // Before anything is told: who may not end it learns nothing of it.
    if (!mayEndSessionsOf(ctx, session?.userId)) throw new Refusal("people:write", {});
    if (!session) throw notFound("session", id);
    if ((await endRows(ctx.tx, { id }, ctx.now())) === 0) {
      ctx.unchanged();
      return sessionDto(ctx, session);
    }
    const changes = { device: deviceInWords(session.userAgent) };
    ctx.record({
      action: "user.end_session",
      topic: "teams",
      subject: { kind: "user", id: session.userId },
      reason,
      changes,
    });
    return sessionDto(ctx, session);
  },
});
