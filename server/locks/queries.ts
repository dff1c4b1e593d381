import { actorNames, type ActorName } from "../core/actor-names.ts";
import type { Ctx } from "../core/context.ts";
import { notFound } from "../core/errors.ts";
import { whyNot } from "../core/permissions.ts";
import { query } from "../core/query.ts";
import type { Db, Tx } from "../db/client.ts";
import type { Prisma } from "../db/generated/client.ts";
import { environmentRefOf, findEnvironment } from "../environments/queries.ts";
import { findService, serviceRefOf } from "../services/queries.ts";
import { isAbout, isOpen, lockInWords, type LockedPlace } from "./rules.ts";
import { listLocksInput, type LockDto } from "./schema.ts";

const include = { environment: true, service: true, target: true } as const satisfies Prisma.LockInclude;
export type LockRow = Prisma.LockGetPayload<{ include: typeof include }>;

const openAt = (now: Date) => ({ liftedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] }) satisfies Prisma.LockWhereInput;

function wordsOf(row: LockRow, nameOf: (ref: string) => ActorName): string {
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
  return on.lock.findMany({ where: openAt(now), include, orderBy: { id: "desc" }, take: 1_000 });
}

export type MetLock = { id: string; words: string; by: string; reason: string; expiresAt: Date | null };

/** The lock that keeps a place still now, the one that lasts longest first; undefined when there is none. */
export async function lockOn(on: Db | Tx, place: LockedPlace, now: Date): Promise<MetLock | undefined> {
  const met = (await openLocks(on, now)).filter((lock) => isAbout(lock, place));
  const last = (row: LockRow) => row.expiresAt?.getTime() ?? Infinity;
  const [longest] = met.toSorted((a, b) => last(b) - last(a));
  if (!longest) return undefined;
  const nameOf = await actorNames(on, [longest.createdBy]);
  const { id, reason, expiresAt } = longest;
  return { id, reason, expiresAt, by: nameOf(longest.createdBy).name, words: wordsOf(longest, nameOf) };
}

/** Locks as the API shows them. */
export async function lockDtosOf(ctx: Ctx, rows: LockRow[]): Promise<LockDto[]> {
  const nameOf = await actorNames(ctx.db, rows.map((row) => row.createdBy));
  const now = ctx.now();
  return rows.map((row) => {
    const { service, environment, target } = row;
    const scope = { ...(service ? { service } : {}), ...(environment ? { environment } : {}) };
    return {
      id: row.id,
      reason: row.reason,
      words: wordsOf(row, nameOf),
      environment: environment && environmentRefOf(environment),
      service: service && serviceRefOf(service),
      target: target && { id: target.id, cluster: target.cluster, region: target.region },
      createdBy: nameOf(row.createdBy),
      createdAt: row.createdAt.toISOString(),
      expiresAt: row.expiresAt?.toISOString() ?? null,
      liftedAt: row.liftedAt?.toISOString() ?? null,
      isOpen: isOpen(row, now),
      can: { lift: isOpen(row, now) ? whyNot(ctx.actor, "locks:write", scope, now) : "It has ended." },
    };
  });
}

/** The lock with this id; throws `not_found`. */
export async function findLock(on: Db | Tx, id: string): Promise<LockRow> {
  const found = await on.lock.findUnique({ where: { id }, include });
  if (!found) throw notFound("lock", id);
  return found;
}

/** Locks that count for a service and an environment, or all, newest first. */
export const listLocks = query({
  name: "listLocks",
  permission: "all:read",
  input: listLocksInput,
  async run(ctx, input) {
    const serviceId = input.service ? (await findService(ctx.db, input.service)).id : undefined;
    const environmentId = input.environment ? (await findEnvironment(ctx.db, input.environment)).id : undefined;
    const rows = await ctx.db.lock.findMany({
      where: {
        AND: [
          ...(input.state === "open" ? [openAt(ctx.now())] : []),
          ...(serviceId ? [{ OR: [{ serviceId: null }, { serviceId }] }] : []),
          ...(environmentId ? [{ OR: [{ environmentId: null }, { environmentId }] }] : []),
          ...(input.cursor ? [{ id: { lt: input.cursor } }] : []),
        ],
      },
      include,
      orderBy: { id: "desc" },
      take: input.limit + 1,
    });
    const page = rows.slice(0, input.limit);
    return { items: await lockDtosOf(ctx, page), next: rows.length > input.limit ? (page.at(-1)?.id ?? null) : null };
  },
});
