import type { Actor } from "./actor.ts";

/** What each role may do. A role includes everything of the roles before it. */
const roleOrder = ["viewer", "developer", "release_manager", "admin"] as const;
export const roles = roleOrder;
export type Role = (typeof roleOrder)[number];

const permissionRole = {
  "all:read": "viewer",
  "releases:write": "developer",
  "deployments:write": "developer",
  "gates:override": "release_manager",
  "verdicts:write": "release_manager",
  "tokens:write": "viewer",
  "audit:read": "viewer",
  "services:write": "admin",
  "environments:write": "admin",
  "people:write": "admin",
} as const satisfies Record<string, Role>;

export type Permission = keyof typeof permissionRole;
export const permissions = Object.keys(permissionRole) as Permission[];

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
};

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
  const least = roleOrder.indexOf(permissionRole[permission]);
  return actor.grants.some((grant) => roleOrder.indexOf(grant.role) >= least && covers(grant, scope, now));
}

/** True, or why not, in words for a tooltip. */
export function whyNot(actor: Actor, permission: Permission, scope: Scope, now: Date): true | string {
  if (allows(actor, permission, scope, now)) return true;
  const role = permissionRole[permission].replace("_", " ");
  const where = scope.environment ? ` in ${scope.environment.kind}` : "";
  return `This needs the role ${role}${where}. An admin can grant it.`;
}
