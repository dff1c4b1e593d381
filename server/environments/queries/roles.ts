import { query } from "../../core/query.ts";
import type { Db, Tx } from "../../db/client.ts";
import type { Environment } from "../../db/generated/client.ts";
import { findEnvironment } from "../queries.ts";
import { listRolesInput, type RoleDto } from "../schema.ts";

/** Roles of an environment by account. An external id is told to nobody, only whether there is one. */
export async function roleDtosOf(on: Db | Tx, { id: environmentId }: Pick<Environment, "id">): Promise<RoleDto[]> {
  const rows = await on.awsRole.findMany({ where: { environmentId }, orderBy: { accountId: "asc" } });
  const targets = await on.target.groupBy({ by: ["accountId"], where: { environmentId }, _count: true });
  const count = new Map(targets.map((one) => [one.accountId, one._count]));
  return rows.map(({ accountId, roleArn, externalId, updatedAt }) => ({
    accountId,
    roleArn,
    hasExternalId: externalId !== null,
    updatedAt: updatedAt.toISOString(),
    targets: count.get(accountId) ?? 0,
  }));
}

/** Roles that the portal takes for an environment, by account. */
export const listRoles = query({
  name: "listRoles",
  permission: "all:read",
  input: listRolesInput,
  run: async ({ db }, { environment }) => roleDtosOf(db, await findEnvironment(db, environment)),
});
