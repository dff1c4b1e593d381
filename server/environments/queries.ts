import { actorNames } from "../core/actor-names.ts";
import type { Ctx } from "../core/context.ts";
import { notFound } from "../core/errors.ts";
import { whyNot } from "../core/permissions.ts";
import { query } from "../core/query.ts";
import type { Db, Tx } from "../db/client.ts";
import type { Environment } from "../db/generated/client.ts";
import { lockRefOf, longestLock, openLocks } from "../locks/queries/open.ts";
import { getEnvironmentInput, listEnvironmentsInput, type EnvironmentDto, type EnvironmentRef } from "./schema.ts";

/** The environment with this id or slug; throws `not_found`. */
export async function findEnvironment(on: Db | Tx, reference: string): Promise<Environment> {
  const found = await on.environment.findFirst({ where: { OR: [{ id: reference }, { slug: reference }] } });
  if (!found) throw notFound("environment", reference);
  return found;
}

/** An environment as other DTOs name it. */
export function environmentRefOf(row: Pick<Environment, "id" | "slug" | "name" | "kind">): EnvironmentRef {
  // Only `createEnvironment` writes the column, from the same closed list.
  return { id: row.id, slug: row.slug, name: row.name, kind: row.kind as EnvironmentRef["kind"] };
}

type Here = Map<string, Pick<EnvironmentDto, "services" | "healths">>;

/** What runs in each environment, counted. */
async function countHere(on: Db | Tx): Promise<Here> {
  const healths = await on.target.groupBy({ by: ["environmentId", "health"], _count: { _all: true } });
  const services = await on.$queryRaw<{ id: string; services: number }[]>`
    select environment_id as id, count(distinct service_id)::int as services from targets group by environment_id`;
  const byEnvironment = Map.groupBy(healths, (row) => row.environmentId);
  return new Map(
    services.map(({ id, services: count }) => {
      const counts = byEnvironment.get(id) ?? [];
      return [
        id,
        { services: count, healths: Object.fromEntries(counts.map(({ health, _count }) => [health, _count._all])) },
      ];
    }),
  );
}

type Counted = Environment & { _count: { targets: number } };

const counted = { _count: { select: { targets: true } } } as const;

async function dtosOf(ctx: Ctx, rows: Counted[]): Promise<EnvironmentDto[]> {
  const wide = (await openLocks(ctx.db, ctx.now())).filter((lock) => lock.serviceId === null && lock.targetId === null);
  const nameOf = await actorNames(
    ctx.db,
    wide.map((lock) => lock.createdBy),
  );
  const here = await countHere(ctx.db);
  return rows.map((row) => {
    const lock = longestLock(wide, { environmentId: row.id, serviceId: "", targetIds: [] });
    return {
      ...environmentRefOf(row),
      position: row.position,
      targets: row._count.targets,
      ...(here.get(row.id) ?? { services: 0, healths: {} }),
      lock: lock ? lockRefOf(ctx, lock, nameOf) : null,
      can: {
        lock: whyNot(ctx.actor, "locks:write", { environment: row }, ctx.now()),
        edit: whyNot(ctx.actor, "environments:write", { environment: row }, ctx.now()),
        import: whyNot(ctx.actor, "services:write", { environment: row }, ctx.now()),
      },
    };
  });
}

/** Environments in order of promotion. */
export const listEnvironments = query({
  name: "listEnvironments",
  permission: "all:read",
  input: listEnvironmentsInput,
  async run(ctx) {
    const rows = await ctx.db.environment.findMany({
      include: counted,
      orderBy: [{ position: "asc" }, { slug: "asc" }],
    });
    return dtosOf(ctx, rows);
  },
});

/** One environment, by id or slug. */
export const getEnvironment = query({
  name: "getEnvironment",
  permission: "all:read",
  input: getEnvironmentInput,
  run: async (ctx, input) => environmentDtoOf(ctx, (await findEnvironment(ctx.db, input.environment)).id),
});

/** The DTO of an environment that is known to exist. */
export async function environmentDtoOf(ctx: Ctx, id: string): Promise<EnvironmentDto> {
  const row = await ctx.db.environment.findUniqueOrThrow({ where: { id }, include: counted });
  const [dto] = await dtosOf(ctx, [row]);
  if (!dto) throw notFound("environment", id);
  return dto;
}
