import { notFound } from "../core/errors.ts";
import { query } from "../core/query.ts";
import type { Db, Tx } from "../db/client.ts";
import type { Service, Team } from "../db/generated/client.ts";
import { targetDtosOf } from "./queries/targets.ts";
import { getServiceInput, listServiceNamesInput, type ServiceDto } from "./schema.ts";

/** The service with this id or slug; throws `not_found`. */
export async function findService(on: Db | Tx, reference: string): Promise<Service> {
  const found = await on.service.findFirst({ where: { OR: [{ id: reference }, { slug: reference }] } });
  if (!found) throw notFound("service", reference);
  return found;
}

/** A service as other DTOs name it. */
export function serviceRefOf({ id, slug, name }: Pick<Service, "id" | "slug" | "name">): {
  id: string;
  slug: string;
  name: string;
} {
  return { id, slug, name };
}

/** What is said of a service itself. */
export function serviceHeadOf(row: Service & { team: Team }): Omit<ServiceDto, "targets"> {
  const { description, repository, team } = row;
  // Only `createService` writes the workload, from the same closed list.
  const workload = row.workload as ServiceDto["workload"];
  return {
    ...serviceRefOf(row),
    description,
    workload,
    repository,
    team: { id: team.id, slug: team.slug, name: team.name },
  };
}

/** For choosing one: a hundredth of what the list says of each. */
export const listServiceNames = query({
  name: "listServiceNames",
  permission: "all:read",
  input: listServiceNamesInput,
  run: ({ db }) => db.service.findMany({ select: { id: true, slug: true, name: true }, orderBy: { slug: "asc" } }),
});

export const getService = query({
  name: "getService",
  permission: "all:read",
  input: getServiceInput,
  async run(ctx, input) {
    const found = await findService(ctx.db, input.service);
    const row = await ctx.db.service.findUniqueOrThrow({ where: { id: found.id }, include: { team: true } });
    const targets = await targetDtosOf(ctx, [row]);
    return { ...serviceHeadOf(row), targets: targets.get(row.id) ?? [] };
  },
});
