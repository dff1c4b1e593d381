import type { CommandContext } from "../core/command.ts";
import { systemContext } from "../core/context.ts";
import { newId } from "../core/ids.ts";
import { appendRecords } from "../core/record.ts";
import { inTransaction, type Db, type Tx } from "../db/client.ts";
import type { Prisma } from "../db/generated/client.ts";
import { deviceInWords } from "./device.ts";
import { readSession, sessionMaxAge, type SessionClaims } from "./session-cookie.ts";

/** Who asks to be signed in, as far as a request tells: what the session's list will show. */
export type Caller = { address: string; userAgent: string; cookie: string | null };

/** A caller of whom nothing is known. */
export const unknownCaller: Caller = { address: "", userAgent: "", cookie: null };

type SignIn = {
  userId: string;
  provider: string;
  caller: Caller;
  /** The hash that the password was checked against; absent for other ways to sign in. */
  checkedHash?: string | null | undefined;
  now?: Date;
};

const seenIsWrittenEveryMs = 60_000;
const maxUserAgent = 400;

/**
 * Begins a session, in the transaction that makes sure that the person still counts: one who was disabled or given
 * another password while the old one was being checked gets none (undefined). The session that this browser had
 * before ends: its cookie is about to be overwritten.
 */
export async function beginSession(on: Db, signIn: SignIn): Promise<SessionClaims | undefined> {
  const { userId, provider, caller, checkedHash, now = new Date() } = signIn;
  const before = await readSession(caller.cookie);
  return inTransaction(on, async (tx) => {
    await tx.$queryRaw`select 1 from users where id = ${userId} for update`;
    const user = await tx.user.findUnique({ where: { id: userId } });
    if (!user || user.disabledAt || (checkedHash !== undefined && user.passwordHash !== checkedHash)) return undefined;
    if (before) await endRows(tx, { id: before.sessionId, userId: before.userId }, now);
    const session = await tx.session.create({
      data: {
        id: newId("session"),
        userId,
        provider,
        address: caller.address.slice(0, 64),
        userAgent: caller.userAgent.slice(0, maxUserAgent),
        createdAt: now,
        lastSeenAt: now,
        expiresAt: new Date(now.getTime() + sessionMaxAge * 1000),
      },
    });
    const ctx = systemContext(on, { kind: "user", id: userId, name: user.name, email: user.email, grants: [] });
    const changes = { device: deviceInWords(caller.userAgent), provider };
    await appendRecords(tx, ctx, [
      { action: "user.sign_in", topic: "teams", subject: { kind: "user", id: userId }, changes },
    ]);
    return { userId, sessionVersion: user.sessionVersion, sessionId: session.id };
  });
}

/** Ends what is still open of these sessions; answers how many that were. */
export async function endRows(tx: Tx, where: Prisma.SessionWhereInput, now: Date): Promise<number> {
  const { count } = await tx.session.updateMany({
    where: { AND: [where, { endedAt: null, expiresAt: { gt: now } }] },
    data: { endedAt: now },
  });
  return count;
}

/** Ends a person's sessions but the one that asks for it: everywhere else whoever knew the old password is out. */
export async function endOtherRows(
  { tx, actor, now }: Pick<CommandContext, "tx" | "actor" | "now">,
  userId: string,
): Promise<number> {
  const asks = actor.kind === "user" ? actor.sessionId : undefined;
  return endRows(tx, { userId, ...(asks ? { id: { not: asks } } : {}) }, now());
}

/** Signs out one browser: its session ends, and a copy of its cookie is worth nothing from now on. */
export async function signOut(on: Db, { userId: id, sessionId }: SessionClaims, now = new Date()): Promise<void> {
  await inTransaction(on, async (tx) => {
    if ((await endRows(tx, { id: sessionId, userId: id }, now)) === 0) return;
    const { name, email } = await tx.user.findUniqueOrThrow({ where: { id } });
    const ctx = systemContext(on, { kind: "user", id, name, email, grants: [] });
    await appendRecords(tx, ctx, [{ action: "user.sign_out", topic: "teams", subject: { kind: "user", id } }]);
  });
}

/** The person of a session that counts. */
export type OpenSession = { userId: string; name: string; email: string; sessionId: string };

type Row = OpenSession & { personSeenAt: Date | null; seenAt: Date };

/** The session and its person, in one query; undefined when either does not count (any more). */
export async function openSession(on: Db, claims: SessionClaims, now: Date): Promise<OpenSession | undefined> {
  const { userId, sessionVersion, sessionId } = claims;
  const rows = await on.$queryRaw<Row[]>`
    select u.id as "userId", u.name, u.email, u.last_seen_at as "personSeenAt", s.id as "sessionId", s.last_seen_at as "seenAt"
    from sessions s join users u on u.id = s.user_id
    where s.id = ${sessionId} and u.id = ${userId} and u.session_version = ${sessionVersion} and u.disabled_at is null
      and s.ended_at is null and s.expires_at > ${now.toISOString()}::timestamptz`;
  const [row] = rows;
  if (!row) return undefined;
  await writeSeen(on, row, now);
  return { userId: row.userId, name: row.name, email: row.email, sessionId: row.sessionId };
}

/** Not a command: a fact that changes by the minute, which nobody decides. Of two requests at once one writes. */
async function writeSeen(on: Db, { userId, sessionId, seenAt, personSeenAt }: Row, now: Date): Promise<void> {
  const before = new Date(now.getTime() - seenIsWrittenEveryMs);
  if (seenAt <= before) {
    await on.session.updateMany({ where: { id: sessionId, lastSeenAt: { lte: before } }, data: { lastSeenAt: now } });
  }
  if (!personSeenAt || personSeenAt <= before) {
    const isDue = [{ lastSeenAt: null }, { lastSeenAt: { lte: before } }];
    await on.user.updateMany({ where: { id: userId, OR: isDue }, data: { lastSeenAt: now } });
  }
}

/** Deletes sessions that have expired: no cookie of theirs can be decrypted any more. */
export async function deleteExpiredSessions(on: Db, now: Date): Promise<number> {
  const { count } = await on.session.deleteMany({ where: { expiresAt: { lte: now } } });
  return count;
}
