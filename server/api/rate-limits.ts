import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { AppError } from "../core/errors.ts";
import { config, type Config } from "../core/config.ts";
import { oncePerProcess } from "../core/once-per-process.ts";

/** What is counted apart, so that a script that reads too much can still write, and nobody else's sign-in suffers. */
export type Budget = "reads" | "writes" | "sign-ins";

/** What is left of a budget. */
export type Allowance = { budget: Budget; limit: number; remaining: number; resetSeconds: number };

export type RateLimits = {
  /** Counts one request of somebody; throws `rate_limited` beyond the budget. Undefined where there is no limit. */
  take(budget: Budget, who: string): Promise<Allowance | undefined>;
};

const windowSeconds = 60;

function refusal({ budget, resetSeconds }: Allowance): AppError {
  return new AppError(
    "rate_limited",
    `Too many ${budget.replace("-", " ")} in a minute. Try again in ${resetSeconds} s.`,
    {
      reason: `${budget.replace("-", "_")}_exhausted`,
      retryAfter: resetSeconds,
    },
  );
}

/** Requests per minute; 0 sets no limit. */
export type Budgets = Record<Budget, number>;

/** Counts in the memory of this process: with several of them everybody has that many times the budget. */
export function rateLimits(budgets: Budgets): RateLimits {
  const limiters = new Map(
    Object.entries(budgets)
      .filter(([, points]) => points > 0)
      .map(([budget, points]) => [
        budget,
        new RateLimiterMemory({ points, duration: windowSeconds, keyPrefix: budget }),
      ]),
  );
  return {
    async take(budget, who) {
      const limiter = limiters.get(budget);
      if (!limiter) return undefined;
      const result: unknown = await limiter.consume(who).catch((exceeded: unknown) => exceeded);
      if (!(result instanceof RateLimiterRes)) throw result;
      const resetSeconds = Math.max(1, Math.ceil(result.msBeforeNext / 1000));
      const allowance = { budget, limit: limiter.points, remaining: result.remainingPoints, resetSeconds };
      if (result.consumedPoints > limiter.points) throw refusal(allowance);
      return allowance;
    },
  };
}

/** Headers of draft-ietf-httpapi-ratelimit-headers-10. */
export function allowanceHeaders({ budget, limit, remaining, resetSeconds }: Allowance): Record<string, string> {
  return {
    "ratelimit-policy": `"${budget}";q=${limit};w=${windowSeconds}`,
    ratelimit: `"${budget}";r=${remaining};t=${resetSeconds}`,
  };
}

/** The budgets of this process, as the settings give them. */
export function processRateLimits(settings: Config = config()): RateLimits {
  const { RATE_LIMIT_READS: reads, RATE_LIMIT_WRITES: writes, RATE_LIMIT_SIGN_INS: signIns } = settings;
  return oncePerProcess("rate limits", () => rateLimits({ reads, writes, "sign-ins": signIns }));
}
