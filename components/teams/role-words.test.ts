import { expect, test } from "vitest";
import { minPasswordLength as demanded } from "#server/teams/schema.ts";
import { roles } from "#server/core/permissions.ts";
import { minPasswordLength, roleLabel, roleWords, whereInWords } from "./role-words.ts";

test("the length of passwords is the one that the API demands", () => expect(minPasswordLength).toBe(demanded));

test("every role has words, in the order of what it may do", () => {
  expect(roleWords.map((role) => role.value)).toEqual(roles);
  expect(roleLabel("release_manager")).toBe("Release manager");
  expect(roleWords[0].may).toBe(
    "Sees everything, reads the audit log and makes API tokens of their own. Changes nothing that runs.",
  );
  expect(roleWords[1].may).toMatch(/^Also deploys and rolls back, .* and restarts, scales and stops tasks\.$/);
});

const everything = { kind: "everything", id: null, name: null } as const;
const production = { id: "env_1", slug: "production", name: "Production", kind: "production" } as const;

test("where a grant counts", () => {
  expect(whereInWords({ scope: everything, environment: null, environmentKind: null })).toBe("everywhere");
  expect(whereInWords({ scope: everything, environment: production, environmentKind: null })).toBe("in Production");
  expect(whereInWords({ scope: everything, environment: null, environmentKind: "staging" })).toBe(
    "in staging environments",
  );
  const service = { kind: "service", id: "svc_1", name: "qkart-backend" } as const;
  expect(whereInWords({ scope: service, environment: production, environmentKind: null })).toBe(
    "qkart-backend in Production",
  );
  expect(
    whereInWords({ scope: { kind: "team", id: "team_1", name: "Checkout" }, environment: null, environmentKind: null }),
  ).toBe("team Checkout");
});
