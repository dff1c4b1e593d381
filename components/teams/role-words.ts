import type { GrantDto } from "#server/teams/schema.ts";

/** As the API demands it; a test compares the two, because its schema is too large for a browser. */
export const minPasswordLength = 12;

/** Roles from least to most, with what each may do. A role includes those before it. */
export const roleWords = [
  { value: "viewer", label: "Viewer", may: "sees everything and changes nothing" },
  { value: "developer", label: "Developer", may: "deploys, rolls back and adds releases" },
  { value: "release_manager", label: "Release manager", may: "also overrides gates and judges releases" },
  { value: "admin", label: "Admin", may: "also manages people, services and environments" },
] as const satisfies readonly { value: GrantDto["role"]; label: string; may: string }[];

export type RoleName = GrantDto["role"];

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
