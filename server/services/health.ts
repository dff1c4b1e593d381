import type { ServiceState, TargetHealth } from "../deployments/ports.ts";
import type { Health } from "./schema.ts";

/** Health of one target from what ECS and its load balancer say, with the reason in words when it is not fine. */
export function targetHealthState(
  service: ServiceState,
  targets: TargetHealth[],
): { health: Health; reason: string | null } {
  const { desiredCount, runningCount } = service;
  if (service.status !== "ACTIVE") return { health: "failed", reason: `The ECS service is ${service.status}.` };
  if (desiredCount === 0) return { health: "unknown", reason: "It is scaled to zero." };
  if (runningCount === 0) return { health: "failed", reason: `None of ${desiredCount} tasks runs.` };
  const healthy = targets.filter((target) => target.state === "healthy").length;
  const unhealthy = targets.filter((target) => target.state === "unhealthy");
  if (targets.length > 0 && healthy === 0) {
    const why = unhealthy[0]?.description ?? unhealthy[0]?.reason;
    return { health: "failed", reason: `No task passes the load balancer's health check${why ? `: ${why}` : ""}.` };
  }
  if (runningCount < desiredCount)
    return { health: "degraded", reason: `${runningCount} of ${desiredCount} tasks run.` };
  if (unhealthy.length > 0) {
    return { health: "degraded", reason: `${unhealthy.length} of ${targets.length} tasks fail the health check.` };
  }
  return { health: "ok", reason: null };
}
