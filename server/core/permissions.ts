import type { Actor } from "./actor.ts";

/** From least to most: a role includes everything of the roles before it. */
export const roles = ["viewer", "developer", "release_manager", "admin"] as const;
export type Role = (typeof roles)[number];

/** "release manager". */
export function roleInWords(role: string): string {
  return role.replaceAll("_", " ");
}

/** The least role that carries each permission. */
const permissionRole = {
  "all:read": "viewer",
  "releases:write": "developer",
  "deployments:write": "developer",
  "variables:write": "developer",
  "targets:operate": "developer",
  "gates:override": "release_manager",
  "verdicts:write": "release_manager",
  "locks:write": "release_manager",
  "tokens:write": "viewer",
  "audit:read": "viewer",
  "services:write": "admin",
  "environments:write": "admin",
  "people:write": "admin",
} as const satisfies Record<string, Role>;

export type Permission = keyof typeof permissionRole;
export const permissions = Object.keys(permissionRole) as Permission[];

/** Permissions that come with a role and with none before it. */
export type PermissionOf<R extends Role> = {
  [P in Permission]: (typeof permissionRole)[P] extends R ? P : never;
}[Permission];

export const environmentKinds = ["development", "staging", "production", "preview"] as const;
export type EnvironmentKind = (typeof environmentKinds)[number];

/** A role on a scope, in one environment, in a kind of environment, or everywhere. */
export type HeldGrant = {
  role: Role;
  scopeKind: "everything" | "team" | "service";
  scopeId: string | null;
  environmentId: string | null;
  environmentKind: string | null;
  expiresAt: Date | null;
  /** Counts only because its holder raised their role: the elevation that is open. */
  elevationId?: string;
};

/** Who may do something, as far as it is told: some by name, and how many more. */
export type WhoMay = { names: string[]; others: number };

/** Answers who may do something on a scope; see who-may.ts. */
export type Directory = (permission: Permission, scope: Scope | "anywhere", now: Date) => WhoMay;

/** What is acted on, as far as grants look at it. Leave out what does not apply. */
export type Scope = {
  service?: { id: string; teamId: string };
  environment?: { id: string; kind: string };
};

/** The least role that carries a permission. */
export function requiredRole(permission: Permission): Role {
  return permissionRole[permission];
}

function covers(grant: HeldGrant, scope: Scope | "anywhere", now: Date): boolean {
  if (grant.expiresAt && grant.expiresAt <= now) return false;
  if (scope === "anywhere") return true;
  if (grant.environmentId && grant.environmentId !== scope.environment?.id) return false;
  if (grant.environmentKind && grant.environmentKind !== scope.environment?.kind) return false;
  if (grant.scopeKind === "everything") return true;
  if (grant.scopeKind === "team") return grant.scopeId === scope.service?.teamId;
  return grant.scopeId === scope.service?.id;
}

/**
 * Whether the actor may do `permission` on `scope`. `"anywhere"` asks whether any grant carries it, which is what a
 * command checks before it knows what it acts on.
 */
export function allows(actor: Actor, permission: Permission, scope: Scope | "anywhere", now: Date): boolean {
  if (actor.kind === "system" || actor.kind === "job") return true;
  return actor.grants.some((grant) => carries(grant, permission, scope, now));
}

/** Whether this grant carries `permission` on `scope`. */
export function carries(grant: HeldGrant, permission: Permission, scope: Scope | "anywhere", now: Date): boolean {
  return roles.indexOf(grant.role) >= roles.indexOf(permissionRole[permission]) && covers(grant, scope, now);
}

/** Whether the actor holds a dormant grant that would allow it, so that they can raise their own role. */
function couldRaise(actor: Actor, permission: Permission, scope: Scope | "anywhere", now: Date): boolean {
  return actor.kind === "user" && (actor.dormant ?? []).some((grant) => carries(grant, permission, scope, now));
}

/** "This needs the role developer in production." */
export function needInWords(permission: Permission, scope: Scope | "anywhere"): string {
  const where = scope !== "anywhere" && scope.environment ? ` in ${scope.environment.kind}` : "";
  return `This needs the role ${roleInWords(permissionRole[permission])}${where}.`;
}

/** "Ana", "Ana and Bo", "Ana, Bo and 2 others". */
function peopleInWords({ names, others }: WhoMay): string {
  const all = others === 0 ? names : [...names, others === 1 ? "1 other" : `${others} others`];
  return all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
}

/** Who may do it instead, for an actor who may know. */
export function whoMay(actor: Actor, permission: Permission, scope: Scope | "anywhere", now: Date): WhoMay | undefined {
  return actor.kind === "user" || actor.kind === "token" ? actor.whoMay?.(permission, scope, now) : undefined;
}

/** Why an actor who may not may not, and what to do about it: whom to ask, or to raise one's own role. */
export function refusalInWords(actor: Actor, permission: Permission, scope: Scope | "anywhere", now: Date): string {
  const need = needInWords(permission, scope);
  const who = whoMay(actor, permission, scope, now);
  const raise = couldRaise(actor, permission, scope, now);
  if (who && who.names.length > 0)
    return `${need} ${peopleInWords(who)} can do this${raise ? ", or raise your own role" : ""}.`;
  return raise ? `${need} You can raise your own role.` : `${need} An admin can grant it.`;
}

/** True, or why not and who may, in words for a tooltip. */
export function whyNot(actor: Actor, permission: Permission, scope: Scope, now: Date): true | string {
  return allows(actor, permission, scope, now) || refusalInWords(actor, permission, scope, now);
}
