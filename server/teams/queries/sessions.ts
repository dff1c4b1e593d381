import { deviceInWords } from "../../auth/device.ts";
import type { Ctx } from "../../core/context.ts";
import { query } from "../../core/query.ts";
import type { Session } from "../../db/generated/client.ts";
import { assertMayEndSessionsOf } from "../may-end-sessions.ts";
import { listSessionsInput, type SessionDto } from "../schema.ts";
import { findUser } from "./people.ts";

/** More than a person has devices; beyond that the oldest are ended by ending all others. */
const mostShown = 200;

/** A session as the API shows it. */
export function sessionDto({ actor }: Pick<Ctx, "actor">, session: Session): SessionDto {
  const { id, userId, provider, address, userAgent, createdAt, lastSeenAt, expiresAt } = session;
  return {
    id,
    user: userId,
    device: deviceInWords(userAgent),
    userAgent,
    address: address === "" ? null : address,
    provider,
    isThis: actor.kind === "user" && actor.sessionId === id,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}

/** Where a person is signed in now, last seen first. */
export const listSessions = query({
  name: "listSessions",
  permission: "signed-in",
  input: listSessionsInput,
  async run(ctx, { user }) {
    assertMayEndSessionsOf(ctx, user);
    const { id: userId } = await findUser(ctx.db, user);
    const sessions = await ctx.db.session.findMany({
      where: { userId, endedAt: null, expiresAt: { gt: ctx.now() } },
      orderBy: [{ lastSeenAt: "desc" }, { id: "desc" }],
      take: mostShown,
    });
    return sessions.map((session) => sessionDto(ctx, session));
  },
});
