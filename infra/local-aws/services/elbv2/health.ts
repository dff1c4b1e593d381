import type { TargetHealthReasonEnum } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { TargetState } from "../../contract.ts";
import type { HealthCheck } from "./state.ts";

/** What one health check found. */
export type CheckResult =
  { kind: "passed" } | { kind: "mismatch"; code: number } | { kind: "timeout" } | { kind: "failed" };

export type Health = {
  state: TargetState;
  reason?: TargetHealthReasonEnum;
  description?: string;
  /** Consecutive results of the same kind. */
  passed: number;
  failed: number;
};

const NOTES = {
  "Elb.InitialHealthChecking": "Initial health checks in progress",
  "Elb.RegistrationInProgress": "Target registration is in progress",
  "Target.NotInUse": "Target group is not configured to receive traffic from the load balancer",
  "Target.NotRegistered": "Target is not registered to the target group",
  "Target.DeregistrationInProgress": "Target deregistration is in progress",
  "Target.HealthCheckDisabled": "Health checks are disabled for this target group",
  "Target.Timeout": "Request timed out",
  "Target.FailedHealthChecks": "Health checks failed",
} as const;

/** A state with the reason and description that AWS gives with it, and fresh counters. */
export function healthWith(state: TargetState, reason?: keyof typeof NOTES): Health {
  return { state, ...(reason ? { reason, description: NOTES[reason] } : {}), passed: 0, failed: 0 };
}

/**
 * Health after one more check. A target in its initial state needs one pass (AWS: "must pass one health check to be
 * considered healthy"), later ones need the thresholds of the group.
 */
export function nextHealth(health: Health, result: CheckResult, check: HealthCheck): Health {
  if (result.kind === "passed") {
    const passed = health.passed + 1;
    const becomesHealthy = health.state === "initial" || passed >= check.healthyThreshold;
    if (health.state === "healthy" || becomesHealthy) return { state: "healthy", passed, failed: 0 };
    return { ...health, passed, failed: 0 };
  }
  const failed = health.failed + 1;
  if (health.state !== "unhealthy" && failed < check.unhealthyThreshold) return { ...health, passed: 0, failed };
  return { state: "unhealthy", ...explain(result), passed: 0, failed };
}

function explain(result: Exclude<CheckResult, { kind: "passed" }>): {
  reason: TargetHealthReasonEnum;
  description: string;
} {
  if (result.kind === "mismatch") {
    return {
      reason: "Target.ResponseCodeMismatch",
      description: `Health checks failed with these codes: [${result.code}]`,
    };
  }
  const reason = result.kind === "timeout" ? "Target.Timeout" : "Target.FailedHealthChecks";
  return { reason, description: NOTES[reason] };
}

/** `200`, `200,202` or `200-299`; anything else is no matcher. */
export function parseMatcher(matcher: string): ((code: number) => boolean) | undefined {
  const ranges: [number, number][] = [];
  for (const part of matcher.split(",")) {
    const [, from, to] = /^\s*([2-4]\d\d)(?:-([2-4]\d\d))?\s*$/.exec(part) ?? [];
    if (!from) return undefined;
    ranges.push([Number(from), Number(to ?? from)]);
  }
  return (code) => ranges.some(([from, to]) => code >= from && code <= to);
}
