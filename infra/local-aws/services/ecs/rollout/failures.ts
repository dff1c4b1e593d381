import type { Engine } from "../engine.ts";
import type { DeploymentRecord, ServiceRecord } from "../records/service.ts";
import type { TaskRecord } from "../records/task.ts";
import { DEFAULT_THRESHOLD, afterFailure, afterHealthy, failureThreshold } from "../scheduler/breaker.ts";
import { noteEventOnce } from "./events.ts";

/** Tasks that trip the service's circuit breaker; undefined without one. */
export function breakerThreshold({ deploymentConfiguration, desiredCount }: ServiceRecord): number | undefined {
  const { deploymentCircuitBreaker: breaker } = deploymentConfiguration;
  if (!breaker?.enable) return undefined;
  const { type, value } = breaker.thresholdConfiguration ?? {};
  return failureThreshold(
    { type: type ?? DEFAULT_THRESHOLD.type, value: value ?? DEFAULT_THRESHOLD.value },
    desiredCount,
  );
}

/** A task of a service failed to start, died before it was healthy, or is replaced for failing a health check. */
export function noteFailure(engine: Engine, task: TaskRecord): void {
  const { service, deployment } = ownerOf(engine, task);
  if (!service || !deployment) return;
  const { now, real } = engine.world.clock;
  const isJudged =
    deployment === service.deployments[0] && deployment.rollout === "IN_PROGRESS" && deployment.bakeUntil === undefined;
  const threshold = isJudged ? breakerThreshold(service) : undefined;
  deployment.counters = afterFailure(deployment.counters, { threshold, now: now(), real });
  showCount(engine, service, deployment);
  if (deployment.counters.retryAt !== undefined) {
    noteEventOnce(engine, service.arn, "is unable to consistently start tasks successfully.");
  }
  engine.wake(service.arn);
}

/** A task of a service became healthy for the first time. */
export function noteHealthy(engine: Engine, task: TaskRecord): void {
  task.wasHealthy = true;
  const { service, deployment } = ownerOf(engine, task);
  if (!service || !deployment) return;
  const reset = service.deploymentConfiguration.deploymentCircuitBreaker?.resetOnHealthyTask ?? true;
  deployment.counters = afterHealthy(deployment.counters, reset);
  showCount(engine, service, deployment);
  engine.state.save("tasks");
}

function ownerOf({ state }: Engine, task: TaskRecord) {
  const service = state.services[task.serviceArn ?? ""];
  return { service, deployment: service?.deployments.find(({ id }) => id === task.startedBy) };
}

/** Keeps the breaker's count of the service deployment up to date while that one is being judged. */
function showCount({ state }: Engine, service: ServiceRecord, deployment: DeploymentRecord): void {
  const current = state.deployments[service.currentServiceDeployment ?? ""];
  state.save("services");
  if (current?.breaker.status !== "MONITORING" || current.target.arn !== deployment.revisionArn) return;
  current.breaker.failureCount = deployment.counters.failed;
  current.breaker.threshold = breakerThreshold(service) ?? 0;
  state.save("deployments");
}
