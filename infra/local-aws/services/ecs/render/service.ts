import type { Deployment, Service } from "@aws-sdk/client-ecs";
import type { Engine } from "../engine.ts";
import type { DeploymentRecord, ServiceRecord } from "../records/service.ts";
import type { TaskRecord } from "../records/task.ts";
import { pendingOf, requestedOf, runningOf } from "../rollout/count.ts";
import { tasksOf } from "../rollout/observe.ts";
import { dates } from "./dates.ts";

/** A service as `DescribeServices` shows it, tags apart. */
export function renderService(engine: Engine, service: ServiceRecord): Service {
  const tasks = tasksOf(engine, service.arn);
  const [primary] = service.deployments;
  return {
    serviceArn: service.arn,
    serviceName: service.name,
    clusterArn: service.clusterArn,
    status: service.status,
    desiredCount: service.desiredCount,
    runningCount: runningOf(tasks),
    pendingCount: pendingOf(tasks),
    ...(primary && { taskDefinition: primary.taskDefinitionArn }),
    ...platformOf(service),
    deploymentController: { type: "ECS" },
    deploymentConfiguration: service.deploymentConfiguration,
    deployments: service.deployments.map((one) => renderDeployment(engine, { service, one, tasks })),
    events: service.events.map(({ id, createdAt, message }) => ({ id, createdAt: new Date(createdAt), message })),
    loadBalancers: service.loadBalancers,
    serviceRegistries: [],
    placementConstraints: [],
    placementStrategy: [],
    schedulingStrategy: "REPLICA",
    enableECSManagedTags: service.enableECSManagedTags,
    enableExecuteCommand: service.enableExecuteCommand,
    propagateTags: service.propagateTags,
    availabilityZoneRebalancing: service.availabilityZoneRebalancing,
    createdBy: service.createdBy,
    tags: [],
    ...dates({ createdAt: service.createdAt }),
    ...(service.networkConfiguration && { networkConfiguration: service.networkConfiguration }),
    ...(service.healthCheckGracePeriodSeconds !== undefined && {
      healthCheckGracePeriodSeconds: service.healthCheckGracePeriodSeconds,
    }),
    ...(service.currentServiceDeployment !== undefined && {
      currentServiceDeployment: service.currentServiceDeployment,
    }),
    currentServiceRevisions: service.deployments.map(({ id, revisionArn }) => {
      const own = tasks.filter(({ startedBy }) => startedBy === id);
      return {
        arn: revisionArn,
        requestedTaskCount: requestedOf(service, own, id === primary?.id),
        runningTaskCount: runningOf(own),
        pendingTaskCount: pendingOf(own),
      };
    }),
  };
}

type One = { service: ServiceRecord; one: DeploymentRecord; tasks: TaskRecord[] };

function renderDeployment({ state }: Engine, { service, one, tasks }: One): Deployment {
  const own = tasks.filter(({ startedBy }) => startedBy === one.id);
  const revision = state.revisions[one.revisionArn];
  const isPrimary = one === service.deployments[0];
  return {
    id: one.id,
    status: isPrimary ? "PRIMARY" : "ACTIVE",
    taskDefinition: one.taskDefinitionArn,
    desiredCount: requestedOf(service, own, isPrimary),
    runningCount: runningOf(own),
    pendingCount: pendingOf(own),
    failedTasks: one.counters.failed,
    ...platformOf(service),
    rolloutState: one.rollout,
    rolloutStateReason: one.rolloutReason,
    ...(revision?.networkConfiguration && { networkConfiguration: revision.networkConfiguration }),
    ...dates({ createdAt: one.createdAt, updatedAt: one.updatedAt }),
  };
}

function platformOf({ launchType, platformVersion }: ServiceRecord): Pick<Service, "launchType" | "platformVersion"> {
  return launchType === "FARGATE" ? { launchType, platformVersion, ...FAMILY } : { launchType };
}

const FAMILY = { platformFamily: "Linux" };
