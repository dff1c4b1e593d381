import type {
  ServiceDeployment,
  ServiceDeploymentBrief,
  ServiceRevision,
  ServiceRevisionSummary,
} from "@aws-sdk/client-ecs";
import type { RevisionCounts, ServiceDeploymentRecord } from "../records/service-deployment.ts";
import type { RevisionRecord } from "../records/service.ts";
import { dates } from "./dates.ts";

/** As `DescribeServiceDeployments` shows it. */
export function renderServiceDeployment(record: ServiceDeploymentRecord): ServiceDeployment {
  const { createdAt, startedAt, finishedAt, stoppedAt, updatedAt, rollback, breaker, alarms } = record;
  return {
    serviceDeploymentArn: record.arn,
    serviceArn: record.serviceArn,
    clusterArn: record.clusterArn,
    status: record.status,
    ...(record.statusReason !== undefined && { statusReason: record.statusReason }),
    ...(record.lifecycleStage !== undefined && { lifecycleStage: record.lifecycleStage }),
    sourceServiceRevisions: record.sources.map(renderCounts),
    targetServiceRevision: renderCounts(record.target),
    deploymentConfiguration: record.configuration,
    deploymentCircuitBreaker: breaker,
    alarms: { status: alarms.status, alarmNames: alarms.names, triggeredAlarmNames: alarms.triggered },
    ...(rollback && { rollback: { ...rollback, startedAt: new Date(rollback.startedAt) } }),
    ...dates({ createdAt, startedAt, finishedAt, stoppedAt, updatedAt }),
  };
}

/** As `ListServiceDeployments` shows it. */
export function renderBrief(record: ServiceDeploymentRecord): ServiceDeploymentBrief {
  const { createdAt, startedAt, finishedAt } = record;
  return {
    serviceDeploymentArn: record.arn,
    serviceArn: record.serviceArn,
    clusterArn: record.clusterArn,
    status: record.status,
    ...(record.statusReason !== undefined && { statusReason: record.statusReason }),
    targetServiceRevisionArn: record.target.arn,
    ...dates({ createdAt, startedAt, finishedAt }),
  };
}

/** As `DescribeServiceRevisions` shows it. */
export function renderRevision(record: RevisionRecord): ServiceRevision {
  return {
    serviceRevisionArn: record.arn,
    serviceArn: record.serviceArn,
    clusterArn: record.clusterArn,
    taskDefinition: record.taskDefinitionArn,
    launchType: record.launchType,
    platformVersion: record.platformVersion,
    platformFamily: "Linux",
    loadBalancers: record.loadBalancers,
    ...(record.networkConfiguration && { networkConfiguration: record.networkConfiguration }),
    containerImages: record.containerImages,
    ...dates({ createdAt: record.createdAt }),
  };
}

function renderCounts({ arn, requested, running, pending }: RevisionCounts): ServiceRevisionSummary {
  return { arn, requestedTaskCount: requested, runningTaskCount: running, pendingTaskCount: pending };
}
