import fc from "fast-check";
import { expect, test } from "vitest";
import { isAbout, isOpen, lockInWords, type LockedPlace, type LockScope } from "./rules.ts";

const now = new Date("2026-11-22T12:00:00Z");
const id = fc.constantFrom("one", "two");
const scope: fc.Arbitrary<LockScope> = fc.record({
  environmentId: fc.option(id),
  serviceId: fc.option(id),
  targetId: fc.option(id),
});
const place: fc.Arbitrary<LockedPlace> = fc.record({
  environmentId: id,
  serviceId: id,
  targetIds: fc.subarray(["one", "two"]),
});

test("leaving something out of a scope never makes a lock count for less", () => {
  fc.assert(
    fc.property(scope, place, fc.constantFrom("environmentId", "serviceId", "targetId"), (lock, where, left) => {
      if (isAbout(lock, where)) expect(isAbout({ ...lock, [left]: null }, where)).toBe(true);
    }),
  );
});

test("a lock without a scope is about everything, one with a target about that alone", () => {
  const where = { environmentId: "one", serviceId: "one", targetIds: ["one"] };
  expect(isAbout({ environmentId: null, serviceId: null, targetId: null }, where)).toBe(true);
  expect(isAbout({ environmentId: "one", serviceId: "one", targetId: "two" }, where)).toBe(false);
  expect(isAbout({ environmentId: "two", serviceId: null, targetId: null }, where)).toBe(false);
});

test("a lock counts until it is lifted, and up to the moment at which it expires", () => {
  const at = (ms: number) => new Date(now.getTime() + ms);
  expect(isOpen({ expiresAt: null, liftedAt: null }, now)).toBe(true);
  expect(isOpen({ expiresAt: at(1), liftedAt: null }, now)).toBe(true);
  expect(isOpen({ expiresAt: now, liftedAt: null }, now)).toBe(false);
  expect(isOpen({ expiresAt: null, liftedAt: at(-1) }, now)).toBe(false);
});

test("whoever meets it reads who, what, until when and why", () => {
  const named = {
    by: "Ana",
    reason: "Black Friday.",
    expiresAt: now,
    service: "backend",
    environment: "production",
    target: null,
  };
  expect(lockInWords(named)).toBe("backend in production is locked by Ana until 2026-11-22 12:00 UTC: Black Friday.");
  expect(lockInWords({ ...named, service: null, environment: null, expiresAt: null })).toBe(
    "Everything is locked by Ana until it is lifted: Black Friday.",
  );
});
