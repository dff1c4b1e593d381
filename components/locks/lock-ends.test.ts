import { expect, test } from "vitest";
import { endOf, lockScopes, scopeOf } from "./lock-ends.ts";

const place = { service: "qkart-backend", environment: "production" };

test("a lock lasts as long as was chosen", () => {
  expect(endOf("hour", 0)).toEqual({ expiresAt: "1970-01-01T01:00:00.000Z" });
  expect(endOf("lifted", 0)).toEqual({});
  expect(endOf("toString", 0)).toEqual({});
});

test("what can be locked is offered from the narrowest on", () => {
  expect(lockScopes(place).map(({ value }) => value)).toEqual(["both", "environment", "service", "all"]);
  expect(lockScopes({ environment: "production" }).map(({ label }) => label)).toEqual(["Everything in production", "Everything everywhere"]);
  const targets = ["a", "b"].map((id) => ({ id, cluster: id, region: "eu" }));
  expect(lockScopes({ ...place, targets })[1]).toEqual({ value: "target:a", label: "Only a, eu" });
});

test.each([
  ["both", place],
  ["environment", { environment: "production" }],
  ["service", { service: "qkart-backend" }],
  ["all", {}],
  ["target:tgt_1", { target: "tgt_1" }],
])("%s is sent as what it means", (value, scope) => expect(scopeOf(value, place)).toEqual(scope));
