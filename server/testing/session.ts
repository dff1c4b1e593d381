import { sessionMaxAge, writeSession } from "../auth/session-cookie.ts";
import { newId } from "../core/ids.ts";
import type { Db, Tx } from "../db/client.ts";
import type { Session, User } from "../db/generated/client.ts";

/** A session of a person as a sign-in would begin it, and the Cookie header of its browser. */
export async function createSession(
  db: Db | Tx,
  { id: userId, sessionVersion }: Pick<User, "id" | "sessionVersion">,
  given: Partial<Session> = {},
): Promise<Session & { cookie: string }> {
  const now = new Date();
  const expiresAt = new Date(now.getTime() + sessionMaxAge * 1000);
  const times = { createdAt: now, lastSeenAt: now, expiresAt };
  const session = await db.session.create({
    data: { id: newId("session"), userId, provider: "local", ...times, ...given },
  });
  return { ...session, cookie: await writeSession({ userId, sessionVersion, sessionId: session.id }) };
}
