export type ThresholdType = "BOUNDED_PERCENT" | "UNBOUNDED_PERCENT" | "COUNT";
export type Threshold = { type: ThresholdType; value: number };

const LEAST = 3;
const MOST = 200;

/** What ECS uses when a service names no threshold. */
export const DEFAULT_THRESHOLD: Threshold = { type: "BOUNDED_PERCENT", value: 50 };

/** Failed tasks that trip the breaker: desired 1 → 3, 25 → 13, 400 → 200, 800 → 200 with the default. */
export function failureThreshold({ type, value }: Threshold, desired: number): number {
  if (type === "COUNT") return value;
  const share = Math.ceil((value / 100) * desired);
  return type === "BOUNDED_PERCENT" ? Math.min(Math.max(share, LEAST), MOST) : Math.max(share, 1);
}

/**
 * `failed` is what the breaker compares with its threshold; `consecutive` counts tasks in a row that died
 * before they were ever healthy, for the back-off of services that no breaker watches.
 */
export type Counters = { failed: number; consecutive: number; retryAt?: number };

export const NO_FAILURES: Counters = { failed: 0, consecutive: 0 };

/** A task became healthy. */
export function afterHealthy({ failed }: Counters, resetOnHealthyTask: boolean): Counters {
  return { failed: resetOnHealthyTask ? 0 : failed, consecutive: 0 };
}

/**
 * A task failed to start, died before it was healthy, or was replaced after failing a health check.
 * `threshold` is undefined when no breaker watches; the next start then waits, ever longer.
 */
export function afterFailure(
  { failed, consecutive }: Counters,
  { threshold, now, real }: { threshold: number | undefined; now: number; real: (awsMs: number) => number },
): Counters {
  if (threshold !== undefined) return { failed: Math.min(failed + 1, threshold), consecutive: consecutive + 1 };
  const delay = retryDelay(consecutive + 1);
  const next = { failed: failed + 1, consecutive: consecutive + 1 };
  return delay > 0 ? { ...next, retryAt: now + real(delay) } : next;
}

const FREE_RETRIES = 3;
const FIRST_DELAY_MS = 10_000;
const LONGEST_DELAY_MS = 27 * 60_000;

/** AWS milliseconds to wait after the n-th failure in a row; ECS documents the limit of 27 minutes, not the curve. */
export function retryDelay(consecutive: number): number {
  if (consecutive < FREE_RETRIES) return 0;
  return Math.min(FIRST_DELAY_MS * 2 ** (consecutive - FREE_RETRIES), LONGEST_DELAY_MS);
}
