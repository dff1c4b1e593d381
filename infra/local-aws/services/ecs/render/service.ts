import type { Deployment, Service } from "@aws-sdk/client-ecs";
import type { Engine } from "../engine.ts";
import type { DeploymentRecord, ServiceRecord } from "../records/service.ts";
import type { TaskRecord } from "../records/task.ts";
import { pendingOf, runningOf } from "../rollout/count.ts";
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
        requestedTaskCount: requestedOf(service, { id, own }),
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
  return {
    id: one.id,
    status: one === service.deployments[0] ? "PRIMARY" : "ACTIVE",
    taskDefinition: one.taskDefinitionArn,
    desiredCount: requestedOf(service, { id: one.id, own }),
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

/** The PRIMARY deployment wants all tasks, an older one wants those that it has not been told to stop. */
function requestedOf({ deployments, desiredCount }: ServiceRecord, { id, own }: { id: string; own: TaskRecord[] }) {
  if (deployments[0]?.id === id) return desiredCount;
  return own.filter(({ desiredStatus }) => desiredStatus === "RUNNING").length;
}
