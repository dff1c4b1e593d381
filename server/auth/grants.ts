import type { HeldGrant, Role } from "../core/permissions.ts";
import type { Db, Tx } from "../db/client.ts";
import type { Grant } from "../db/generated/client.ts";
import type { Places } from "../teams/rules.ts";

/** A stored grant as permission checks take it. */
export function heldGrant(row: Omit<Grant, "id" | "principalKind" | "principalId" | "createdAt">): HeldGrant {
  const { scopeId, environmentId, environmentKind, expiresAt } = row;
  // Only commands write these two columns, from the same closed lists.
  return {
    role: row.role as Role,
    scopeKind: row.scopeKind as HeldGrant["scopeKind"],
    scopeId,
    environmentId,
    environmentKind,
    expiresAt,
  };
}

/** The grants of a person or token that have not expired. */
export async function grantsOf(
  on: Db | Tx,
  principal: { kind: "user" | "token"; id: string },
  now: Date,
): Promise<HeldGrant[]> {
  const rows = await on.grant.findMany({
    where: {
      principalKind: principal.kind,
      principalId: principal.id,
      OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
    },
  });
  return rows.map(heldGrant);
}

const idsOf = (values: (string | null)[]) => [...new Set(values.filter((value) => value !== null))];

/** What the rules must know of the services and environments that these grants name. */
export async function placesOf(on: Db | Tx, grants: readonly HeldGrant[]): Promise<Places> {
  const serviceIds = idsOf(grants.map((grant) => (grant.scopeKind === "service" ? grant.scopeId : null)));
  const environmentIds = idsOf(grants.map((grant) => grant.environmentId));
  const services = serviceIds.length === 0 ? [] : await on.service.findMany({ where: { id: { in: serviceIds } } });
  const environments =
    environmentIds.length === 0 ? [] : await on.environment.findMany({ where: { id: { in: environmentIds } } });
  return {
    teamOfService: new Map(services.map((service) => [service.id, service.teamId])),
    kindOfEnvironment: new Map(environments.map((environment) => [environment.id, environment.kind])),
  };
}
