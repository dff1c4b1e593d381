import type { Clock } from "./contract.ts";

const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** Wall clock whose delays are divided by `scale` (10: a minute of AWS time passes in six seconds). */
export function createClock(scale: number): Clock {
  return {
    now: () => Date.now(),
    scale,
    real: (awsMs) => awsMs / scale,
    after(awsMs, run) {
      let timer: NodeJS.Timeout;
      const wait = (remainingMs: number) => {
        // Node fires at once when a timeout does not fit 32 bits, so long waits are chained.
        const stepMs = Math.min(remainingMs, LONGEST_TIMEOUT_MS);
        timer = setTimeout(() => (remainingMs > stepMs ? wait(remainingMs - stepMs) : run()), stepMs);
        timer.unref();
      };
      wait(Math.max(0, awsMs / scale));
      return () => clearTimeout(timer);
    },
  };
}
