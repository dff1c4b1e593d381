import { describe, expect, test } from "vitest";
import { DEFAULT_THRESHOLD, NO_FAILURES, afterFailure, afterHealthy, failureThreshold, retryDelay } from "./breaker.ts";

describe("threshold", () => {
  test.each([
    [1, 3],
    [25, 13],
    [400, 200],
    [800, 200],
  ])("by default, desired %i → %i", (desired, expected) => {
    expect(failureThreshold(DEFAULT_THRESHOLD, desired)).toBe(expected);
  });

  test("without bounds 50 % of 800 is 400, and a count is itself", () => {
    expect(failureThreshold({ type: "UNBOUNDED_PERCENT", value: 50 }, 800)).toBe(400);
    expect(failureThreshold({ type: "COUNT", value: 7 }, 800)).toBe(7);
  });
});

describe("counters", () => {
  const unwatched = { threshold: undefined, now: 1_000, real: (ms: number) => ms / 10 };

  test("never exceed the threshold", () => {
    const watched = { ...unwatched, threshold: 2 };
    const twice = afterFailure(afterFailure(NO_FAILURES, watched), watched);
    expect(afterFailure(twice, watched)).toMatchObject({ failed: 2 });
  });

  test("a healthy task resets them, or only the back-off when the service says so", () => {
    const counters = { failed: 2, consecutive: 5, retryAt: 9 };
    expect(afterHealthy(counters, true)).toEqual({ failed: 0, consecutive: 0 });
    expect(afterHealthy(counters, false)).toEqual({ failed: 2, consecutive: 0 });
  });

  test("without a breaker the third failure waits 10 s of AWS time, and the wait doubles up to 27 minutes", () => {
    expect(afterFailure({ failed: 2, consecutive: 2 }, unwatched)).toEqual({
      failed: 3,
      consecutive: 3,
      retryAt: 2_000,
    });
    expect([1, 2, 3, 4, 5, 40].map(retryDelay)).toEqual([0, 0, 10_000, 20_000, 40_000, 27 * 60_000]);
  });
});
