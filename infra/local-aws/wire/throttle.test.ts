import { expect, test } from "vitest";
import type { ServiceDefinition } from "../contract.ts";
import { createThrottle } from "./throttle.ts";

const service: ServiceDefinition = {
  name: "ecs",
  protocol: "json-1.1",
  target: "",
  actions: {},
  buckets: { register: { burst: 3, perSecond: 2, actions: ["Register", "Deregister"] } },
};

test("a bucket gives its burst, then its rate, per owner and over all of its actions", () => {
  let now = 0;
  const throttle = createThrottle(() => now);
  const tryOnce = (action: string, owner = "a") => {
    try {
      throttle(service, action, owner);
      return true;
    } catch (error) {
      expect(error).toMatchObject({ type: "ThrottlingException", status: 400, message: "Rate exceeded" });
      return false;
    }
  };
  expect([tryOnce("Register"), tryOnce("Deregister"), tryOnce("Register"), tryOnce("Register")]).toEqual([
    true,
    true,
    true,
    false,
  ]);
  expect(tryOnce("Register", "b")).toBe(true);
  expect(tryOnce("Other")).toBe(true);
  now = 499;
  expect(tryOnce("Register")).toBe(false);
  now = 500;
  expect([tryOnce("Register"), tryOnce("Register")]).toEqual([true, false]);
  now = 1_000_000;
  expect([1, 2, 3, 4].map(() => tryOnce("Register"))).toEqual([true, true, true, false]);
});
