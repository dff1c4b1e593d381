import { actorNames } from "../core/actor-names.ts";
import type { Ctx } from "../core/context.ts";
import { notFound } from "../core/errors.ts";
import { cutPage } from "../core/page.ts";
import { whyNot } from "../core/permissions.ts";
import { query } from "../core/query.ts";
import type { Db, Tx } from "../db/client.ts";
import { environmentRefOf, findEnvironment } from "../environments/queries.ts";
import { findService, serviceRefOf } from "../services/queries.ts";
import { lockInclude, openAt, scopeOfLock, wordsOf, type LockRow } from "./queries/open.ts";
import { isOpen } from "./rules.ts";
import { listLocksInput, type LockDto } from "./schema.ts";

/** Locks as the API shows them. */
export async function lockDtosOf(ctx: Ctx, rows: LockRow[]): Promise<LockDto[]> {
  const nameOf = await actorNames(
    ctx.db,
    rows.map((row) => row.createdBy),
  );
  const now = ctx.now();
  return rows.map((row) => {
    const { service, environment, target } = row;
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
      can: { lift: isOpen(row, now) ? whyNot(ctx.actor, "locks:write", scopeOfLock(row), now) : "It has ended." },
    };
  });
}

/** The lock with this id; throws `not_found`. */
export async function findLock(on: Db | Tx, id: string): Promise<LockRow> {
  const found = await on.lock.findUnique({ where: { id }, include: lockInclude });
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
      include: lockInclude,
      orderBy: { id: "desc" },
      take: input.limit + 1,
    });
    const page = cutPage(rows, input.limit);
    return { items: await lockDtosOf(ctx, page.rows), next: page.next };
  },
});
