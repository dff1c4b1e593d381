import { expect, test } from "vitest";
import { endOf, lockScopes, scopeInWords, scopeOf } from "./lock-ends.ts";

const place = { service: "qkart-backend", environment: "production" };

test("a lock lasts as long as was chosen", () => {
  expect(endOf("hour", 0)).toEqual({ expiresAt: "1970-01-01T01:00:00.000Z" });
  expect(endOf("lifted", 0)).toEqual({});
  expect(endOf("toString", 0)).toEqual({});
});

test("what can be locked is offered from the narrowest on", () => {
  expect(lockScopes(place).map(({ value }) => value)).toEqual(["both", "environment", "service", "all"]);
  expect(lockScopes({ environment: "production" }).map(({ label }) => label)).toEqual([
    "Everything in production",
    "Everything everywhere",
  ]);
  const targets = ["a", "b"].map((id) => ({ id, cluster: id, region: "eu" }));
  expect(lockScopes({ ...place, targets })[1]).toEqual({ value: "target:a", label: "Only a, eu" });
});

test.each([
  ["both", place],
  ["environment", { environment: "production" }],
  ["service", { service: "qkart-backend" }],
  ["all", {}],
  ["target:tgt_1", { target: "tgt_1" }],
  ["environment:staging", { environment: "staging" }],
])("%s is sent as what it means", (value, scope) => expect(scopeOf(value, place)).toEqual(scope));

test("without a place, each environment is offered before everything", () => {
  expect(lockScopes({ environments: ["development", "production"] }).map(({ value }) => value)).toEqual([
    "environment:development",
    "environment:production",
    "all",
  ]);
});

test.each([
  ["Everything everywhere", { service: null, environment: null, target: null }],
  ["Everything in staging", { service: null, environment: { slug: "staging" }, target: null }],
  ["shop everywhere", { service: { slug: "shop" }, environment: null, target: null }],
  [
    "shop in staging, only a, eu",
    { service: { slug: "shop" }, environment: { slug: "staging" }, target: { cluster: "a", region: "eu" } },
  ],
])("the list says %s", (words, scope) => expect(scopeInWords(scope)).toBe(words));
