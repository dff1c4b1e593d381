import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createFakeRuntime } from "../../testing/fake-runtime.ts";
import type { Run } from "../steps/step.ts";
import { lookAt, onGrid } from "./looks.ts";

const start = new Date("2026-01-01T00:00:00Z").getTime();
const runOf = (id: string, accountId = "000000000000") =>
  ({
    id,
    step: "rollout",
    placement: { environmentId: "env_1", accountId, region: "us-east-1", cluster: "c", ecsService: id },
  }) as Run;

/** How many lists are allowed to so many runs that look every three seconds, in the seconds after the first minute. */
function allowed({ runs, seconds, accounts = 1 }: { runs: number; seconds: number; accounts?: number }): number {
  const { ports } = createFakeRuntime();
  let count = 0;
  for (let second = 0; second < 60 + seconds; second += 3) {
    for (let run = 0; run < runs; run += 1) {
      const look = lookAt(ports, runOf(`run_${run}`, String(run % accounts)), new Date(start + second * 1_000), 1);
      if (look.mayList() && second >= 60) count += 1;
    }
  }
  return count;
}

describe("lists of tasks", () => {
  test("are allowed at every look while one deployment is under way", () => {
    expect(allowed({ runs: 1, seconds: 300 })).toBe(100);
  });

  test("stay within a twentieth of the quota of 20 calls a second with fifty, at two calls each", () => {
    expect((allowed({ runs: 50, seconds: 300 }) * 2) / 300).toBeLessThanOrEqual(1);
  });

  test("are counted for each account alone", () => {
    expect(allowed({ runs: 50, seconds: 300, accounts: 2 })).toBeGreaterThan(1.9 * allowed({ runs: 50, seconds: 300 }));
  });
});

test("a change is told once, and a turn comes to all runs in the same moment", () => {
  const { ports } = createFakeRuntime();
  const at = (id: string, second: number) => lookAt(ports, runOf(id), new Date(start + second * 1_000), 1);
  expect([at("a", 1).hasChanged("x"), at("a", 2).hasChanged("x"), at("a", 3).hasChanged("y")]).toEqual([
    true,
    false,
    true,
  ]);
  expect([at("a", 4).isTurn(), at("b", 6).isTurn(), at("a", 7).isTurn(), at("b", 9).isTurn()]).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect([at("a", 16).isTurn(), at("b", 18).isTurn()]).toEqual([true, true]);
});

describe("the next look", () => {
  const waits = fc.record({
    now: fc.integer({ min: start, max: start + 10_000_000 }),
    wait: fc.integer({ min: 1, max: 30_000 }),
    scale: fc.integer({ min: 1, max: 200 }),
  });

  test("comes later, and at most half a wait early or late", () => {
    fc.assert(
      fc.property(waits, ({ now, wait, scale }) => {
        const moved = Math.abs(onGrid(now, wait, scale) - now - wait);
        return onGrid(now, wait, scale) > now && moved <= Math.max(1, Math.min(wait, 3_000 / scale) / 2 + 1);
      }),
    );
  });

  test("of all polls falls on the same moments, each a poll after the last", () => {
    fc.assert(
      fc.property(fc.integer({ min: start, max: start + 100_000 }), fc.integer({ min: 0, max: 1_400 }), (now, took) => {
        const first = onGrid(now, 3_000, 1);
        return first % 3_000 === 0 && onGrid(first + took, 3_000, 1) === first + 3_000;
      }),
    );
  });
});
