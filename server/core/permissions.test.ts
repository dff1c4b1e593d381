import { describe, expect, test } from "vitest";
import type { Actor } from "./actor.ts";
import {
  allows,
  permissions,
  requiredRole,
  roles,
  whyNot,
  type HeldGrant,
  type Permission,
  type Role,
  type Scope,
} from "./permissions.ts";

const now = new Date("2026-11-22T12:00:00Z");
const everywhere = {
  scopeKind: "everything",
  scopeId: null,
  environmentId: null,
  environmentKind: null,
  expiresAt: null,
} as const;
const holder = (role: Role, where: Partial<HeldGrant> = {}): Actor => ({
  kind: "user",
  id: "usr_1",
  name: "Ada",
  email: "ada@example.com",
  grants: [{ role, ...everywhere, ...where }],
});

/** Written out by hand: whoever changes what a role may do changes this table as well. */
const table: Record<Role, Permission[]> = {
  viewer: ["all:read", "tokens:write", "audit:read"],
  developer: [
    "all:read",
    "tokens:write",
    "audit:read",
    "releases:write",
    "deployments:write",
    "variables:write",
    "targets:operate",
  ],
  release_manager: [
    "all:read",
    "tokens:write",
    "audit:read",
    "releases:write",
    "deployments:write",
    "variables:write",
    "targets:operate",
    "gates:override",
    "verdicts:write",
    "locks:write",
  ],
  admin: [...permissions],
};

describe.each(roles)("%s", (role) => {
  test.each(permissions)("%s", (permission) => {
    const expected = table[role].includes(permission);
    expect(allows(holder(role), permission, {}, now)).toBe(expected);
    expect(allows(holder(role), permission, "anywhere", now)).toBe(expected);
    expect(whyNot(holder(role), permission, {}, now)).toBe(
      expected || `This needs the role ${requiredRole(permission).replace("_", " ")}. An admin can grant it.`,
    );
  });
});

const backend = { id: "svc_backend", teamId: "team_shop" };
const other = { id: "svc_other", teamId: "team_other" };
const production = { id: "env_production", kind: "production" };
const eu = { id: "env_production_eu", kind: "production" };
const staging = { id: "env_staging", kind: "staging" };

const places: [string, Scope][] = [
  ["backend in production", { service: backend, environment: production }],
  ["backend in production eu", { service: backend, environment: eu }],
  ["backend in staging", { service: backend, environment: staging }],
  ["other in production", { service: other, environment: production }],
  ["backend", { service: backend }],
  ["production", { environment: production }],
  ["nothing in particular", {}],
];

/** Which of the places above a grant reaches. */
const reach: [string, Partial<HeldGrant>, number[]][] = [
  ["everything", {}, [0, 1, 2, 3, 4, 5, 6]],
  ["a team", { scopeKind: "team", scopeId: "team_shop" }, [0, 1, 2, 4]],
  ["a service", { scopeKind: "service", scopeId: "svc_backend" }, [0, 1, 2, 4]],
  ["an environment", { environmentId: "env_production" }, [0, 3, 5]],
  ["a kind of environment", { environmentKind: "production" }, [0, 1, 3, 5]],
  [
    "a service in an environment",
    { scopeKind: "service", scopeId: "svc_backend", environmentId: "env_production" },
    [0],
  ],
  ["a team in a kind", { scopeKind: "team", scopeId: "team_shop", environmentKind: "production" }, [0, 1]],
  ["an expired grant", { expiresAt: now }, []],
  ["a grant that still runs", { expiresAt: new Date(now.getTime() + 1) }, [0, 1, 2, 3, 4, 5, 6]],
];

describe.each(reach)("a grant on %s", (_, where, reached) => {
  test.each(places.map(([name, scope], index) => [name, scope, reached.includes(index)] as const))(
    "%s",
    (_name, scope, expected) => {
      expect(allows(holder("developer", where), "deployments:write", scope, now)).toBe(expected);
      expect(allows(holder("viewer", where), "deployments:write", scope, now)).toBe(false);
    },
  );
});

test("a refusal names who may, and says when one can raise one's own role", () => {
  const ana = {
    ...holder("viewer"),
    dormant: [{ role: "developer", ...everywhere, environmentKind: "production" }],
  } as Actor;
  const asked = ["deployments:write", { environment: production }, now] as const;
  const need = "This needs the role developer in production.";
  expect(whyNot(ana, ...asked)).toBe(`${need} You can raise your own role.`);
  expect(whyNot(ana, "deployments:write", { environment: staging }, now)).toBe(
    "This needs the role developer in staging. An admin can grant it.",
  );
  const whoMay = () => ({ names: ["Ana Ruiz", "Bo Li"], others: 2 });
  expect(whyNot({ ...ana, whoMay } as Actor, ...asked)).toBe(
    `${need} Ana Ruiz, Bo Li and 2 others can do this, or raise your own role.`,
  );
  const one = () => ({ names: ["Ana Ruiz"], others: 0 });
  expect(whyNot({ ...holder("viewer"), whoMay: one } as Actor, ...asked)).toBe(`${need} Ana Ruiz can do this.`);
});

test("whoever holds nothing may do nothing, jobs and the system everything", () => {
  const nobody: Actor = { kind: "user", id: "usr_2", name: "Bob", email: "bob@example.com", grants: [] };
  for (const permission of permissions) {
    expect(allows(nobody, permission, "anywhere", now)).toBe(false);
    expect(allows({ kind: "job", id: "seal" }, permission, {}, now)).toBe(true);
    expect(allows({ kind: "system", id: "seed" }, permission, {}, now)).toBe(true);
  }
});
