import { notFound } from "../core/errors.ts";
import { query } from "../core/query.ts";
import type { Db, Tx } from "../db/client.ts";
import type { Environment } from "../db/generated/client.ts";
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

type Counted = Environment & { _count: { targets: number } };

const counted = { _count: { select: { targets: true } } } as const;

function toDto(row: Counted): EnvironmentDto {
  return { ...environmentRefOf(row), position: row.position, targets: row._count.targets };
}

export const listEnvironments = query({
  name: "listEnvironments",
  permission: "all:read",
  input: listEnvironmentsInput,
  async run({ db }) {
    const rows = await db.environment.findMany({ include: counted, orderBy: [{ position: "asc" }, { slug: "asc" }] });
    return rows.map(toDto);
  },
});

export const getEnvironment = query({
  name: "getEnvironment",
  permission: "all:read",
  input: getEnvironmentInput,
  run: async ({ db }, input) => environmentDtoOf(db, (await findEnvironment(db, input.environment)).id),
});

/** The DTO of an environment that is known to exist. */
export async function environmentDtoOf(on: Db | Tx, id: string): Promise<EnvironmentDto> {
  return toDto(await on.environment.findUniqueOrThrow({ where: { id }, include: counted }));
}
