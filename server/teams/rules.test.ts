import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Actor } from "../core/actor.ts";
import { allows, permissions, roles, type HeldGrant, type Scope } from "../core/permissions.ts";
import { intersectGrants, isFullAdmin, mayGive, type Places } from "./rules.ts";

const now = new Date("2026-11-22T12:00:00Z");
const teams = ["team_a", "team_b"];
const services = [
  { id: "svc_1", teamId: "team_a" },
  { id: "svc_2", teamId: "team_b" },
];
const environments = [
  { id: "env_s", kind: "staging" },
  { id: "env_p", kind: "production" },
  { id: "env_q", kind: "production" },
];
const places: Places = {
  teamOfService: new Map(services.map((one) => [one.id, one.teamId])),
  kindOfEnvironment: new Map(environments.map((one) => [one.id, one.kind])),
};

const role = fc.constantFrom(...roles);
const expiresAt = fc.constantFrom(
  null,
  new Date("2026-11-22T11:00:00Z"),
  new Date("2026-11-23T12:00:00Z"),
  new Date("2027-01-01T00:00:00Z"),
);
const scopeOf = fc.oneof(
  fc.constant({ scopeKind: "everything" as const, scopeId: null }),
  fc.constantFrom(...teams).map((scopeId) => ({ scopeKind: "team" as const, scopeId })),
  fc.constantFrom(...services).map(({ id }) => ({ scopeKind: "service" as const, scopeId: id })),
);
const limit = fc.oneof(
  fc.constant({ environmentId: null, environmentKind: null }),
  fc.constantFrom(...environments).map(({ id }) => ({ environmentId: id, environmentKind: null })),
  fc.constantFrom("staging", "production").map((environmentKind) => ({ environmentId: null, environmentKind })),
);
const grant: fc.Arbitrary<HeldGrant> = fc
  .tuple(role, scopeOf, limit, expiresAt)
  .map(([held, scope, where, until]) => ({ role: held, ...scope, ...where, expiresAt: until }));
const grants = fc.array(grant, { maxLength: 4 });
const scope: fc.Arbitrary<Scope> = fc.record(
  { service: fc.constantFrom(...services), environment: fc.constantFrom(...environments) },
  { requiredKeys: [] },
);
const permission = fc.constantFrom(...permissions);

const user = (held: HeldGrant[]): Actor => ({
  kind: "user",
  id: "usr_1",
  name: "Ada",
  email: "ada@example.com",
  grants: held,
});
const everything: HeldGrant = {
  role: "admin",
  scopeKind: "everything",
  scopeId: null,
  environmentId: null,
  environmentKind: null,
  expiresAt: null,
};

describe("a token", () => {
  test("may do exactly what its grants and its owner's grants both allow", () => {
    fc.assert(
      fc.property(grants, grants, permission, scope, (token, owner, wanted, where) => {
        const both = allows(user(token), wanted, where, now) && allows(user(owner), wanted, where, now);
        const combined = intersectGrants(token, owner, places);
        expect(allows(user(combined), wanted, where, now)).toBe(both);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("giving", () => {
  test("never lets a person give what they do not hold, now or later", () => {
    const moments = [now, new Date("2026-12-01T00:00:00Z"), new Date("2028-01-01T00:00:00Z")];
    fc.assert(
      fc.property(grants, grant, permission, scope, fc.constantFrom(...moments), (held, wanted, what, where, at) => {
        fc.pre(mayGive(user(held), { wanted, as: undefined, places, now }) === true);
        if (allows(user([wanted]), what, where, at)) expect(allows(user(held), what, where, at)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test("whoever holds everything may give anything", () => {
    fc.assert(
      fc.property(grant, (wanted) => mayGive(user([everything]), { wanted, as: "admin", places, now }) === true),
    );
  });

  test("a grant to a person needs the role admin on that scope, a token of one's own does not", () => {
    const developer: HeldGrant = { ...everything, role: "developer" };
    const wanted: HeldGrant = { ...everything, role: "viewer" };
    expect(mayGive(user([developer]), { wanted, as: undefined, places, now })).toBe(true);
    expect(mayGive(user([developer]), { wanted, as: "admin", places, now })).toMatch(/needs the role admin/);
  });

  test("an admin of one team grants on the team's services only", () => {
    const admin: HeldGrant = { ...everything, scopeKind: "team", scopeId: "team_a" };
    const on = (scopeKind: HeldGrant["scopeKind"], scopeId: string | null): HeldGrant => ({
      ...everything,
      scopeKind,
      scopeId,
    });
    const may = (wanted: HeldGrant) => mayGive(user([admin]), { wanted, as: "admin", places, now }) === true;
    expect(may(on("service", "svc_1"))).toBe(true);
    expect(may(on("service", "svc_2"))).toBe(false);
    expect(may(on("everything", null))).toBe(false);
  });

  test("an admin in production grants in an environment of that kind", () => {
    const admin: HeldGrant = { ...everything, environmentKind: "production" };
    const may = (environmentId: string) =>
      mayGive(user([admin]), { wanted: { ...everything, environmentId }, as: "admin", places, now }) === true;
    expect([may("env_p"), may("env_s")]).toEqual([true, false]);
  });
});

test("a full admin has no limit in place or time", () => {
  expect(isFullAdmin(everything)).toBe(true);
  expect(isFullAdmin({ ...everything, role: "release_manager" })).toBe(false);
  expect(isFullAdmin({ ...everything, environmentKind: "staging" })).toBe(false);
  expect(isFullAdmin({ ...everything, scopeKind: "team", scopeId: "team_a" })).toBe(false);
  expect(isFullAdmin({ ...everything, expiresAt: new Date("2030-01-01") })).toBe(false);
});
