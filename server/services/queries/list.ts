import { cutPage } from "../../core/page.ts";
import { query } from "../../core/query.ts";
import { literally } from "../../core/text.ts";
import type { Prisma, Service, Team } from "../../db/generated/client.ts";
import { findEnvironment } from "../../environments/queries.ts";
import { findTeam } from "../../teams/queries/teams.ts";
import { listServicesInput, type ListedServiceDto, type ListedTargetDto } from "../schema.ts";
import { serviceHeadOf } from "../queries.ts";
import { listedTargetsOf } from "./targets.ts";

/** Every word occurs in the slug or the name. */
function searched(search: string | undefined): Prisma.ServiceWhereInput[] {
  const mode = "insensitive" as const;
  const words = search?.split(/\s+/).filter(Boolean) ?? [];
  return words.map(literally).map((contains) => ({ OR: [{ slug: { contains, mode } }, { name: { contains, mode } }] }));
}

/** A service as lists show it. */
export function listedOf(row: Service & { team: Team }, targets: ListedTargetDto[] = []): ListedServiceDto {
  return { ...serviceHeadOf(row), targets };
}

/** Services by slug, page by page, with what runs where. */
export const listServices = query({
  name: "listServices",
  permission: "all:read",
  input: listServicesInput,
  async run(ctx, { search, team, environment, cursor, limit }) {
    const teamId = team === undefined ? undefined : (await findTeam(ctx.db, team)).id;
    const environmentId = environment === undefined ? undefined : (await findEnvironment(ctx.db, environment)).id;
    const rows = await ctx.db.service.findMany({
      where: {
        ...(teamId === undefined ? {} : { teamId }),
        ...(environmentId === undefined ? {} : { targets: { some: { environmentId } } }),
        ...(cursor === undefined ? {} : { slug: { gt: cursor } }),
        AND: searched(search),
      },
      include: { team: true },
      orderBy: { slug: "asc" },
      take: limit + 1,
    });
    const page = cutPage(rows, limit, ({ slug }) => slug);
    const targets = await listedTargetsOf(ctx, page.rows);
    const isShown = (target: ListedTargetDto) => environmentId === undefined || target.environment.id === environmentId;
    return { items: page.rows.map((row) => listedOf(row, targets.get(row.id)?.filter(isShown))), next: page.next };
  },
});
