import type { Actor } from "../core/actor.ts";
import { carries, roleInWords, roles, type HeldGrant, type Role } from "../core/permissions.ts";

/** What the rules need to know of services and environments to compare scopes. */
export type Places = {
  /** Team of each service, by id. */
  teamOfService: ReadonlyMap<string, string>;
  /** Kind of each environment, by id. */
  kindOfEnvironment: ReadonlyMap<string, string>;
};

const rank = (role: Role) => roles.indexOf(role);

function earlier(a: Date | null, b: Date | null): Date | null {
  if (!a || !b) return a ?? b;
  return a < b ? a : b;
}

/** The part that two scopes share, `undefined` when there is none. */
function meetScope(a: HeldGrant, b: HeldGrant, places: Places): Pick<HeldGrant, "scopeKind" | "scopeId"> | undefined {
  if (a.scopeKind === "everything") return { scopeKind: b.scopeKind, scopeId: b.scopeId };
  if (b.scopeKind === "everything") return { scopeKind: a.scopeKind, scopeId: a.scopeId };
  if (a.scopeKind === b.scopeKind)
    return a.scopeId === b.scopeId ? { scopeKind: a.scopeKind, scopeId: a.scopeId } : undefined;
  const [service, team] = a.scopeKind === "service" ? [a, b] : [b, a];
  const isInside = service.scopeId !== null && places.teamOfService.get(service.scopeId) === team.scopeId;
  return isInside ? { scopeKind: "service", scopeId: service.scopeId } : undefined;
}

/** The one value that satisfies both limits, `null` for no limit, `undefined` when they contradict each other. */
function meetLimit(a: string | null, b: string | null): string | null | undefined {
  if (a === null || b === null) return a ?? b;
  return a === b ? a : undefined;
}

function meet(a: HeldGrant, b: HeldGrant, places: Places): HeldGrant | undefined {
  const scope = meetScope(a, b, places);
  const environmentId = meetLimit(a.environmentId, b.environmentId);
  const environmentKind = meetLimit(a.environmentKind, b.environmentKind);
  if (!scope || environmentId === undefined || environmentKind === undefined) return undefined;
  const role = rank(a.role) < rank(b.role) ? a.role : b.role;
  return { role, ...scope, environmentId, environmentKind, expiresAt: earlier(a.expiresAt, b.expiresAt) };
}

/** What is allowed by both sets: a token may do what its own grants and its owner's grants allow. */
export function intersectGrants(a: readonly HeldGrant[], b: readonly HeldGrant[], places: Places): HeldGrant[] {
  return a.flatMap((one) => b.map((other) => meet(one, other, places)).filter((grant) => grant !== undefined));
}

/** Whether one held grant covers all of another one: role, scope, environment and time. */
function includes(held: HeldGrant, wanted: HeldGrant, places: Places): boolean {
  if (rank(held.role) < rank(wanted.role)) return false;
  const scope = meetScope(held, wanted, places);
  if (!scope || scope.scopeKind !== wanted.scopeKind || scope.scopeId !== wanted.scopeId) return false;
  if (held.environmentId && held.environmentId !== wanted.environmentId) return false;
  const wantedKind = wanted.environmentKind ?? places.kindOfEnvironment.get(wanted.environmentId ?? "") ?? null;
  if (held.environmentKind && held.environmentKind !== wantedKind) return false;
  return !held.expiresAt || (wanted.expiresAt !== null && wanted.expiresAt <= held.expiresAt);
}

/**
 * Whether the actor may hand out `wanted`, or why not. Nobody gives more than they hold; `as` is the least role
 * that one must hold on that scope to give anything at all (admin to grant to people, none for one's own tokens).
 */
export function mayGive(
  actor: Actor,
  { wanted, as, places, now }: { wanted: HeldGrant; as: Role | undefined; places: Places; now: Date },
): true | string {
  if (actor.kind === "system" || actor.kind === "job") return true;
  const role = as && rank(as) > rank(wanted.role) ? as : wanted.role;
  const valid = actor.grants.filter((grant) => !grant.expiresAt || grant.expiresAt > now);
  if (valid.some((held) => includes(held, { ...wanted, role }, places))) return true;
  return `Nobody can give more than they hold. This needs the role ${roleInWords(role)} on the same scope, for as long.`;
}

/** A grant of the role admin on everything, without a limit in place or time. */
export function isFullAdmin(grant: HeldGrant): boolean {
  const isEverywhere = grant.scopeKind === "everything" && !grant.environmentId && !grant.environmentKind;
  return grant.role === "admin" && isEverywhere && grant.expiresAt === null;
}

type Elevated = { userId: string; expiresAt: Date; endedAt: Date | null; reviewedAt: Date | null };

/** Where an elevation stands at one moment: open, then to review until another person has. */
export function elevationStatus(elevation: Elevated, now: Date): "open" | "to_review" | "reviewed" {
  if (elevation.endedAt === null && elevation.expiresAt > now) return "open";
  return elevation.reviewedAt === null ? "to_review" : "reviewed";
}

/** `allowed`: whether the actor administers people, or why not. */
type ElevationAsked = { actor: Actor; elevation: Elevated; allowed: true | string; now: Date };

/** True, or why the actor may not end an elevation now: its holder may, and who administers people. */
export function mayEnd({ actor, elevation, allowed, now }: ElevationAsked): true | string {
  if (elevationStatus(elevation, now) !== "open") return "It has ended.";
  return actor.kind === "user" && actor.id === elevation.userId ? true : allowed;
}

/**
 * True, or why the actor may not review an elevation now. A review is another person's, afterwards, and by a role
 * that they hold: two people who raise themselves cannot absolve each other.
 */
export function mayReview({ actor, elevation, allowed, now }: ElevationAsked): true | string {
  const status = elevationStatus(elevation, now);
  if (status === "open") return "It can be reviewed when it has ended.";
  if (status === "reviewed") return "It was reviewed.";
  if (actor.kind !== "user") return "A person has to review it.";
  if (actor.id === elevation.userId) return "Somebody else has to review it.";
  if (allowed !== true) return allowed;
  const isStanding = actor.grants.some((grant) => !grant.elevationId && carries(grant, "people:write", {}, now));
  return isStanding ? true : "A raised role is not enough to review this.";
}
