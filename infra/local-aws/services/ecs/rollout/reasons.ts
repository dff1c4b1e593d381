import type { ServiceDeploymentRecord } from "../records/service-deployment.ts";
import type { Cause } from "../scheduler/view.ts";

/** `rolloutStateReason` of a deployment that failed. */
export function because(cause: Cause, { alarms }: ServiceDeploymentRecord): string {
  if (cause === "breaker") return "ECS deployment circuit breaker: tasks failed to start.";
  if (cause === "alarm") return `ECS deployment alarm: alarm detected ${alarms.triggered.join(", ")}.`;
  return "ECS deployment stopped: rollback requested by the user.";
}

/** `rollback.reason` and `statusReason` of a service deployment that goes back. */
export function rollbackReason(cause: Cause, { alarms }: ServiceDeploymentRecord): string {
  if (cause === "breaker") return "Service deployment rolled back because the circuit breaker threshold was exceeded.";
  if (cause === "alarm") {
    return `Service deployment rolled back because alarms were detected: ${alarms.triggered.join(", ")}.`;
  }
  return "Service deployment rolled back because of a user request.";
}
