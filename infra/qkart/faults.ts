/**
 * Fault versions: a tag that ends in one of these suffixes is a build with a known defect, so that every
 * way in which a deployment can go wrong can be shown and tested with real processes. Both services use it.
 */

const faultSuffixes = ["crash", "oom", "unhealthy", "missing", "errors", "slow", "flaky"] as const;
export type Fault = (typeof faultSuffixes)[number];

/** One in this many requests fails in an `-errors` version: 20 %. */
const errorEvery = 5;
/** Real milliseconds that a `-slow` version adds to each request; latency is never scaled. */
const slowMs = 2_000;
/** How long a `-flaky` version stays healthy, in AWS milliseconds from its first healthy answer. */
const flakyAfterAwsMs = 20_000;
/** More healthy answers than any health check wants: whoever asks late, on a busy machine, has seen it healthy as well. */
const flakyAnswers = 5;

/** The defect that a version's suffix names, if any. */
export function faultOf(version: string): Fault | undefined {
  return faultSuffixes.find((suffix) => version.endsWith(`-${suffix}`));
}

/** What a process with this fault does before it listens: the last words on stderr and the exit code. */
export function startFailure(
  fault: Fault | undefined,
  version: string,
): { message: string; exitCode: number } | undefined {
  if (fault === "crash") {
    return {
      message: `Error: cannot start ${version}: required setting PAYMENT_PROVIDER_URL is missing from the environment`,
      exitCode: 1,
    };
  }
  if (fault === "oom") {
    return {
      message: "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory",
      exitCode: 137,
    };
  }
  return undefined;
}

export type RunningFaults = {
  /** Whether `/health` may answer 200. */
  healthy(): boolean;
  /** Runs before each request that is not for health or metrics: waits or throws as the version demands. */
  beforeRequest(): Promise<void>;
};

/** The faults of a process that serves; `now` is in real milliseconds, `timeScale` is AWS time over real time. */
export function runningFaults(options: { version: string; timeScale: number; now: () => number }): RunningFaults {
  const fault = faultOf(options.version);
  let requests = 0;
  let firstHealthyAt: number | undefined;
  let healthyAnswers = 0;

  return {
    healthy() {
      if (fault === "unhealthy") return false;
      if (fault !== "flaky") return true;
      firstHealthyAt ??= options.now();
      if (options.now() - firstHealthyAt >= flakyAfterAwsMs / options.timeScale && healthyAnswers >= flakyAnswers)
        return false;
      healthyAnswers += 1;
      return true;
    },
    async beforeRequest() {
      requests += 1;
      if (fault === "slow") await new Promise((resolve) => setTimeout(resolve, slowMs));
      if (fault === "errors" && requests % errorEvery === 0) {
        throw new TypeError("Cannot read properties of undefined (reading 'priceCents')");
      }
    },
  };
}
