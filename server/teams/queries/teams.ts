import { query } from "../../core/query.ts";
import type { Db, Tx } from "../../db/client.ts";
import type { Team } from "../../db/generated/client.ts";
import { listTeamsInput, type TeamDto } from "../schema.ts";

const counted = { _count: { select: { services: true } } } as const;

const toDto = (row: Team & { _count: { services: number } }): TeamDto => ({
  id: row.id,
  slug: row.slug,
  name: row.name,
  services: row._count.services,
  createdAt: row.createdAt.toISOString(),
});

export const listTeams = query({
  name: "listTeams",
  permission: "all:read",
  input: listTeamsInput,
  run: async ({ db }) => (await db.team.findMany({ include: counted, orderBy: { slug: "asc" } })).map(toDto),
});

/** The DTO of a team that is known to exist. */
export async function teamDtoOf(on: Db | Tx, id: string): Promise<TeamDto> {
  return toDto(await on.team.findUniqueOrThrow({ where: { id }, include: counted }));
}
