import type { PermissionOf, Role } from "#server/core/permissions.ts";
import type { GrantDto } from "#server/teams/schema.ts";

/** As the API demands it; a test compares the two, because its schema is too large for a browser. */
export const minPasswordLength = 12;

/** What a role brings that those before it do not, permission by permission: one that is forgotten is a type error. */
const mayWords: { readonly [R in Role]: Readonly<Record<PermissionOf<R>, string>> } = {
  viewer: {
    "all:read": "sees everything",
    "audit:read": "reads the audit log",
    "tokens:write": "makes API tokens of their own",
  },
  developer: {
    "deployments:write": "deploys and rolls back",
    "releases:write": "adds releases",
    "variables:write": "changes variables",
    "targets:operate": "restarts, scales and stops tasks",
  },
  release_manager: {
    "gates:override": "overrides gates",
    "verdicts:write": "judges releases",
    "locks:write": "locks services and environments, and lifts locks",
  },
  admin: {
    "people:write": "manages people, teams and roles",
    "services:write": "manages services",
    "environments:write": "manages environments and their AWS accounts",
  },
};

/** "Also deploys and rolls back, adds releases and changes variables." What a role may do besides what those before it may. */
function inWords(role: Role): string {
  const all = Object.values<string>(mayWords[role]);
  const words = `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
  return role === "viewer" ? `${capital(words)}. Changes nothing that runs.` : `Also ${words}.`;
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

/** Roles from least to most, with what each may do. A role includes those before it. */
export const roleWords = [
  { value: "viewer", label: "Viewer", may: inWords("viewer") },
  { value: "developer", label: "Developer", may: inWords("developer") },
  { value: "release_manager", label: "Release manager", may: inWords("release_manager") },
  { value: "admin", label: "Admin", may: inWords("admin") },
] as const satisfies readonly { value: Role; label: string; may: string }[];

export type RoleName = Role;

export function roleLabel(role: RoleName): string {
  return roleWords.find((one) => one.value === role)?.label ?? role;
}

type Where = Pick<GrantDto, "scope" | "environment" | "environmentKind">;

/** Where a grant counts: "everywhere", "qkart-backend in production", "team Checkout". */
export function whereInWords({ scope, environment, environmentKind }: Where): string {
  const place = environment?.name ?? (environmentKind ? `${environmentKind} environments` : undefined);
  if (scope.kind === "everything") return place ? `in ${place}` : "everywhere";
  const what = scope.kind === "team" ? `team ${scope.name}` : `${scope.name}`;
  return place ? `${what} in ${place}` : what;
}
