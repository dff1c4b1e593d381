import { actorNames } from "../../core/actor-names.ts";
import type { Ctx } from "../../core/context.ts";
import { notFound } from "../../core/errors.ts";
import { cutPage } from "../../core/page.ts";
import { whyNot } from "../../core/permissions.ts";
import { query } from "../../core/query.ts";
import type { Db, Tx } from "../../db/client.ts";
import type { Prisma } from "../../db/generated/client.ts";
import { grantDtos } from "../grant-dto.ts";
import { elevationStatus, mayEnd, mayReview } from "../rules.ts";
import { listElevationsInput, type ElevationDto } from "../schema.ts";

const inside = { grant: true, user: { select: { id: true, name: true } } } as const satisfies Prisma.ElevationInclude;
export type ElevationRow = Prisma.ElevationGetPayload<{ include: typeof inside }>;

type Asking = Pick<Ctx, "db" | "actor" | "now">;

/** The elevation with this id; throws `not_found`. */
export async function findElevation(on: Db | Tx, id: string): Promise<ElevationRow> {
  const found = await on.elevation.findUnique({ where: { id }, include: inside });
  if (!found) throw notFound("elevation", id);
  return found;
}

/** Elevations as the API shows them. */
async function elevationDtos(ctx: Asking, rows: readonly ElevationRow[]): Promise<ElevationDto[]> {
  const now = ctx.now();
  const grants = new Map(
    (
      await grantDtos(
        ctx,
        rows.map((row) => row.grant),
      )
    ).map((dto) => [dto.id, dto]),
  );
  const nameOf = await actorNames(
    ctx.db,
    rows.flatMap((row) => (row.reviewedBy ? [`user:${row.reviewedBy}`] : [])),
  );
  const allowed = whyNot(ctx.actor, "people:write", {}, ctx.now());
  return rows.flatMap((row): ElevationDto[] => {
    const grant = grants.get(row.grantId);
    if (!grant) return [];
    const { id, role, scope, environment, environmentKind } = grant;
    const asked = { actor: ctx.actor, elevation: row, allowed, now };
    return [
      {
        id: row.id,
        user: row.user,
        grant: { id, role, scope, environment, environmentKind },
        reason: row.reason,
        status: elevationStatus(row, now),
        createdAt: row.createdAt.toISOString(),
        expiresAt: row.expiresAt.toISOString(),
        endedAt: row.endedAt?.toISOString() ?? null,
        review:
          row.reviewedAt && row.reviewedBy
            ? {
                by: { id: row.reviewedBy, name: nameOf(`user:${row.reviewedBy}`).name },
                at: row.reviewedAt.toISOString(),
                note: row.reviewNote,
              }
            : null,
        can: { end: mayEnd(asked), review: mayReview(asked) },
      },
    ];
  });
}

/** The DTO of an elevation that is known to exist. */
export async function elevationDtoOf(ctx: Asking, id: string): Promise<ElevationDto> {
  const [dto] = await elevationDtos(ctx, [await findElevation(ctx.db, id)]);
  if (!dto) throw notFound("elevation", id);
  return dto;
}

/** The rows of each status at one moment; nothing has to run for an elevation to end. */
function ofStatus(status: ElevationDto["status"], now: Date): Prisma.ElevationWhereInput {
  if (status === "open") return { endedAt: null, expiresAt: { gt: now } };
  if (status === "reviewed") return { reviewedAt: { not: null } };
  return { reviewedAt: null, OR: [{ endedAt: { not: null } }, { expiresAt: { lte: now } }] };
}

/** Newest first. `toReview` counts all that wait for a review, whatever page is asked for. */
export const listElevations = query({
  name: "listElevations",
  permission: "all:read",
  input: listElevationsInput,
  async run(ctx, { status, cursor, limit }) {
    const now = ctx.now();
    const rows = await ctx.db.elevation.findMany({
      where: { ...(status ? ofStatus(status, now) : {}), ...(cursor ? { id: { lt: cursor } } : {}) },
      include: inside,
      orderBy: { id: "desc" },
      take: limit + 1,
    });
    const page = cutPage(rows, limit);
    return {
      items: await elevationDtos(ctx, page.rows),
      next: page.next,
      toReview: await ctx.db.elevation.count({ where: ofStatus("to_review", now) }),
    };
  },
});
