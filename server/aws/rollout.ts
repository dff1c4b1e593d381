import type { ServiceDeployment, ServiceRevisionSummary } from "@aws-sdk/client-ecs";
import { RuntimeFailure, type Rollout, type RolloutStatus } from "../deployments/ports.ts";

const statuses: Record<string, RolloutStatus> = {
  PENDING: "pending",
  IN_PROGRESS: "in_progress",
  STOP_REQUESTED: "stop_requested",
  STOPPED: "stopped",
  ROLLBACK_REQUESTED: "rollback_requested",
  ROLLBACK_IN_PROGRESS: "rollback_in_progress",
  ROLLBACK_SUCCESSFUL: "rollback_successful",
  ROLLBACK_FAILED: "rollback_failed",
  SUCCESSFUL: "successful",
};

/** Service revisions whose task definitions `toRollout` needs. */
export function revisionArns(deployment: ServiceDeployment): string[] {
  return [
    deployment.targetServiceRevision?.arn,
    ...(deployment.sourceServiceRevisions ?? []).map((one) => one.arn),
    deployment.rollback?.serviceRevisionArn,
  ].filter((arn) => arn !== undefined);
}

function side(summary: ServiceRevisionSummary, taskDefinitionArn: string): Rollout["to"] {
  return {
    taskDefinitionArn,
    requested: summary.requestedTaskCount ?? 0,
    running: summary.runningTaskCount ?? 0,
    pending: summary.pendingTaskCount ?? 0,
  };
}

function toBreaker({ deploymentCircuitBreaker: breaker }: ServiceDeployment): Rollout["circuitBreaker"] {
  if (!breaker) return null;
  return {
    status: breaker.status ?? "DISABLED",
    failures: breaker.failureCount ?? 0,
    threshold: breaker.threshold ?? 0,
  };
}

function toAlarms({ alarms }: ServiceDeployment): Rollout["alarms"] {
  if (!alarms) return null;
  return {
    status: alarms.status ?? "DISABLED",
    names: alarms.alarmNames ?? [],
    triggered: alarms.triggeredAlarmNames ?? [],
  };
}

/**
 * A service deployment in the product's words. Stages are passed on as they come, and a status that is newer than
 * this file counts as under way until AWS says when it finished. Sources that ECS has forgotten are left out.
 */
export function toRollout(deployment: ServiceDeployment, definitions: Map<string, string>): Rollout {
  const arn = deployment.serviceDeploymentArn ?? "";
  const target = deployment.targetServiceRevision;
  const taskDefinitionArn = definitions.get(target?.arn ?? "");
  if (!target || !taskDefinitionArn) {
    const message = `ECS does not yet say which task definition the service deployment ${arn} brings.`;
    throw new RuntimeFailure("unknown", "ecs:DescribeServiceRevisions", message);
  }
  const sources = (deployment.sourceServiceRevisions ?? []).flatMap((source) => {
    const definition = definitions.get(source.arn ?? "");
    return definition ? [side(source, definition)] : [];
  });
  const { rollback } = deployment;
  return {
    arn,
    status: statuses[deployment.status ?? ""] ?? "in_progress",
    statusReason: deployment.statusReason ?? null,
    lifecycleStage: deployment.lifecycleStage ?? null,
    createdAt: deployment.createdAt ?? new Date(0),
    startedAt: deployment.startedAt ?? null,
    finishedAt: deployment.finishedAt ?? deployment.stoppedAt ?? null,
    to: side(target, taskDefinitionArn),
    from: sources,
    circuitBreaker: toBreaker(deployment),
    alarms: toAlarms(deployment),
    rollback: rollback
      ? {
          reason: rollback.reason ?? null,
          startedAt: rollback.startedAt ?? null,
          taskDefinitionArn: definitions.get(rollback.serviceRevisionArn ?? "") ?? null,
        }
      : null,
  };
}
