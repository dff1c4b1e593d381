import type { Ctx } from "../../core/context.ts";
import { notFound } from "../../core/errors.ts";
import { whyNot } from "../../core/permissions.ts";
import { query } from "../../core/query.ts";
import type { Db, Tx } from "../../db/client.ts";
import type { Prisma, Team } from "../../db/generated/client.ts";
import { grantDtos, shownGrants } from "../grant-dto.ts";
import { listTeamsInput, type TeamDto } from "../schema.ts";

const inside = {
  _count: { select: { services: true } },
  memberships: { include: { user: { select: { id: true, name: true } } }, orderBy: { user: { name: "asc" } } },
} as const satisfies Prisma.TeamInclude;
type Row = Prisma.TeamGetPayload<{ include: typeof inside }>;

type Asking = Pick<Ctx, "db" | "actor" | "now">;

/** The team with this id or slug; throws `not_found`. */
export async function findTeam(on: Db | Tx, reference: string): Promise<Team> {
  const found = await on.team.findFirst({ where: { OR: [{ id: reference }, { slug: reference }] } });
  if (!found) throw notFound("team", reference);
  return found;
}

/** Teams as the API shows them. */
async function teamDtos(ctx: Asking, rows: readonly Row[]): Promise<TeamDto[]> {
  const grants = await ctx.db.grant.findMany({
    where: { principalKind: "team", principalId: { in: rows.map((row) => row.id) }, ...shownGrants(ctx.now()) },
    orderBy: { id: "asc" },
  });
  const dtos = await grantDtos(ctx, grants);
  const mayWrite = whyNot(ctx.actor, "people:write", {}, ctx.now());
  return rows.map((row) => ({
    id: row.id,
    slug: row.slug,
    name: row.name,
    services: row._count.services,
    members: row.memberships.map(({ user, createdAt }) => ({ ...user, since: createdAt.toISOString() })),
    grants: dtos.filter((grant) => grant.principal.id === row.id),
    createdAt: row.createdAt.toISOString(),
    can: { update: mayWrite },
  }));
}

/** Teams with their members and roles, by slug. */
export const listTeams = query({
  name: "listTeams",
  permission: "all:read",
  input: listTeamsInput,
  run: async (ctx) => teamDtos(ctx, await ctx.db.team.findMany({ include: inside, orderBy: { slug: "asc" } })),
});

/** The DTO of a team that is known to exist. */
export async function teamDtoOf(ctx: Asking, id: string): Promise<TeamDto> {
  const [dto] = await teamDtos(ctx, [await ctx.db.team.findUniqueOrThrow({ where: { id }, include: inside })]);
  if (!dto) throw new Error("A team that was just read has no DTO.");
  return dto;
}
