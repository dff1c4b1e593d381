import type { HeldGrant, Role } from "../core/permissions.ts";
import type { Db, Tx } from "../db/client.ts";
import type { Grant } from "../db/generated/client.ts";
import { intersectGrants, type Places } from "../teams/rules.ts";

type Stored = Pick<Grant, "role" | "scopeKind" | "scopeId" | "environmentId" | "environmentKind" | "expiresAt">;

/** A stored grant as permission checks take it. */
export function heldGrant(row: Stored): HeldGrant {
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

/** A person's grants at one moment: those that count, and those that count once they raise their role. */
export type Standing = { grants: HeldGrant[]; dormant: HeldGrant[] };

type PersonsRow = Stored & { breakGlass: boolean; elevationId: string | null; elevatedUntil: Date | null };

/** An elevated grant ends with its elevation, so nothing that outlives it can be given by it. */
function elevated(row: PersonsRow, elevationId: string, until: Date): HeldGrant {
  const expiresAt = row.expiresAt && row.expiresAt < until ? row.expiresAt : until;
  return { ...heldGrant(row), expiresAt, elevationId };
}

/**
 * What a person holds now, by themselves and by their teams, in one query. A break-glass grant counts while an
 * elevation of this person is open on it. Everything is compared with `now`: nothing has to run for a grant to end.
 */
export async function standingOf(on: Db | Tx, userId: string, now: Date): Promise<Standing> {
  const at = now.toISOString();
  const rows = await on.$queryRaw<PersonsRow[]>`
    select g.role, g.scope_kind as "scopeKind", g.scope_id as "scopeId", g.environment_id as "environmentId",
      g.environment_kind as "environmentKind", g.expires_at as "expiresAt", g.break_glass as "breakGlass",
      e.id as "elevationId", e.expires_at as "elevatedUntil"
    from grants g
    left join elevations e on g.break_glass and e.grant_id = g.id and e.user_id = ${userId}
      and e.ended_at is null and e.expires_at > ${at}::timestamptz
    where (g.expires_at is null or g.expires_at > ${at}::timestamptz) and (
      (g.principal_kind = 'user' and g.principal_id = ${userId})
      or (g.principal_kind = 'team' and g.principal_id in (select team_id from memberships where user_id = ${userId})))`;
  const standing: Standing = { grants: [], dormant: [] };
  for (const row of rows) {
    if (!row.breakGlass) standing.grants.push(heldGrant(row));
    else if (row.elevationId && row.elevatedUntil)
      standing.grants.push(elevated(row, row.elevationId, row.elevatedUntil));
    else standing.dormant.push(heldGrant(row));
  }
  return standing;
}

/**
 * The grants of a person or token that have not expired, without those that a person raised themselves to: what
 * somebody does with open eyes for an hour is not for their scripts.
 */
export async function grantsOf(
  on: Db | Tx,
  principal: { kind: "user" | "token"; id: string },
  now: Date,
): Promise<HeldGrant[]> {
  if (principal.kind === "user") {
    const { grants } = await standingOf(on, principal.id, now);
    return grants.filter((grant) => grant.elevationId === undefined);
  }
  const rows = await on.grant.findMany({
    where: {
      principalKind: principal.kind,
      principalId: principal.id,
      breakGlass: false,
      OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
    },
  });
  return rows.map(heldGrant);
}

/** What a token may do: what its own grants and its owner's allow, both at this moment. */
export async function grantsOfToken(
  on: Db | Tx,
  { id, ownerId }: { id: string; ownerId: string },
  now: Date,
): Promise<HeldGrant[]> {
  const own = await grantsOf(on, { kind: "token", id }, now);
  const owners = await grantsOf(on, { kind: "user", id: ownerId }, now);
  return intersectGrants(own, owners, await placesOf(on, [...own, ...owners]));
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
