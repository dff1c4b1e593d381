import { actorNames, type ActorName } from "../../core/actor-names.ts";
import type { Ctx } from "../../core/context.ts";
import { whyNot, type Scope } from "../../core/permissions.ts";
import type { Db, Tx } from "../../db/client.ts";
import type { Prisma } from "../../db/generated/client.ts";
import type { LockRef } from "../../environments/schema.ts";
import { isAbout, lockInWords, type LockedPlace } from "../rules.ts";

export const lockInclude = { environment: true, service: true, target: true } as const satisfies Prisma.LockInclude;
export type LockRow = Prisma.LockGetPayload<{ include: typeof lockInclude }>;

/** Locks that count at one moment: neither lifted nor expired. */
export const openAt = (now: Date) =>
  ({ liftedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] }) satisfies Prisma.LockWhereInput;

/** Who locked what, until when and why. */
export function wordsOf(row: LockRow, nameOf: (ref: string) => ActorName): string {
  return lockInWords({
    by: nameOf(row.createdBy).name,
    reason: row.reason,
    expiresAt: row.expiresAt,
    service: row.service?.slug ?? null,
    environment: row.environment?.slug ?? null,
    target: row.target && `${row.target.cluster}, ${row.target.region}`,
  });
}

/** Locks that count now, newest first. There are few: each was made by a person. */
export function openLocks(on: Db | Tx, now: Date): Promise<LockRow[]> {
  return on.lock.findMany({ where: openAt(now), include: lockInclude, orderBy: { id: "desc" }, take: 1_000 });
}

/** Where a lock counts, as permissions look at it. */
export function scopeOfLock({ service, environment }: Pick<LockRow, "service" | "environment">): Scope {
  return { ...(service ? { service } : {}), ...(environment ? { environment } : {}) };
}

/** A lock as what it keeps still shows it. */
export function lockRefOf(ctx: Ctx, row: LockRow, nameOf: (ref: string) => ActorName): LockRef {
  return {
    id: row.id,
    words: wordsOf(row, nameOf),
    lift: whyNot(ctx.actor, "locks:write", scopeOfLock(row), ctx.now()),
  };
}

/** A lock that a request meets, in words for who made the request. */
export type MetLock = { id: string; words: string; by: string; reason: string; expiresAt: Date | null };

/** Of several locks on a place the one that lasts longest. */
export function longestLock(locks: readonly LockRow[], place: LockedPlace): LockRow | undefined {
  const last = (row: LockRow) => row.expiresAt?.getTime() ?? Infinity;
  return locks.filter((lock) => isAbout(lock, place)).toSorted((a, b) => last(b) - last(a))[0];
}

/** The lock that keeps a place still now; undefined when there is none. */
export async function lockOn(on: Db | Tx, place: LockedPlace, now: Date): Promise<MetLock | undefined> {
  const longest = longestLock(await openLocks(on, now), place);
  if (!longest) return undefined;
  const nameOf = await actorNames(on, [longest.createdBy]);
  const { id, reason, expiresAt } = longest;
  return { id, reason, expiresAt, by: nameOf(longest.createdBy).name, words: wordsOf(longest, nameOf) };
}
