import { describe, expect, test } from "vitest";
import { assess, type HealthFacts } from "./health.ts";

const running: HealthFacts = { startedAt: 1_000, containers: [], targets: [], graceMs: 0, settleMs: 400 };
const target = (state: HealthFacts["targets"][number]["state"]) => ({ targets: [{ arn: "group", state }] });

describe("a task", () => {
  test("that does not run yet is pending", () => {
    expect(assess({ ...running, startedAt: undefined }, 9_999)).toEqual({ health: "pending" });
  });

  test("that nothing checks is healthy some time after its start", () => {
    expect(assess(running, 1_399)).toEqual({ health: "pending", changesAt: 1_400 });
    expect(assess(running, 1_400)).toEqual({ health: "healthy" });
  });

  test.each([
    ["initial", "pending"],
    ["unused", "pending"],
    ["draining", "pending"],
    ["healthy", "healthy"],
    ["unavailable", "healthy"],
    ["unhealthy", "unhealthy"],
  ] as const)("whose target is %s is %s", (state, health) => {
    expect(assess({ ...running, ...target(state) }, 1_001).health).toBe(health);
  });

  test("needs every check to pass", () => {
    expect(assess({ ...running, ...target("healthy"), containers: ["UNKNOWN"] }, 1_001).health).toBe("pending");
    expect(assess({ ...running, ...target("healthy"), containers: ["HEALTHY", "UNHEALTHY"] }, 1_001)).toEqual({
      health: "unhealthy",
      because: "Task failed container health checks",
    });
  });

  test("is not held to its checks within the grace period", () => {
    const facts = { ...running, ...target("unhealthy"), graceMs: 500 };
    expect(assess(facts, 1_499)).toEqual({ health: "pending", changesAt: 1_500 });
    expect(assess(facts, 1_500)).toMatchObject({
      health: "unhealthy",
      because: "Task failed ELB health checks in (target-group group)",
    });
  });
});
