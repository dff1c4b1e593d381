import { expect, test } from "vitest";
import contract from "./contract.json" with { type: "json" };
import { domainsOf } from "./live.ts";

test("a deployment that changed is shown anew wherever deployments appear", () => {
  expect(domainsOf({ event: "change", topic: "deployments" })).toEqual(
    expect.arrayContaining(["deployments", "services", "changes", "audit"]),
  );
});

test("moving figures refetch no history", () => {
  expect(domainsOf({ event: "facts", topic: "deployments" })).toEqual(["deployments", "services"]);
});

test("a topic that nobody listed makes itself and the audit log stale", () => {
  expect(domainsOf({ event: "change", topic: "flags" })).toEqual(["flags", "audit"]);
});

test("the topics of the API's own domains reach queries of the API", () => {
  for (const domain of Object.keys(contract)) expect(domainsOf({ event: "change", topic: domain })).toContain(domain);
});
