import type { Attachment, Container, HealthStatus, Task } from "@aws-sdk/client-ecs";
import { TASK_HOST } from "../engine.ts";
import type { ContainerRecord, TaskRecord } from "../records/task.ts";
import { dates } from "./dates.ts";

/** A task as `DescribeTasks` shows it, tags apart. */
export function renderTask(task: TaskRecord): Task {
  const { createdAt, pullStartedAt, pullStoppedAt, startedAt, stoppingAt, executionStoppedAt, stoppedAt } = task;
  return {
    taskArn: task.arn,
    clusterArn: task.clusterArn,
    taskDefinitionArn: task.taskDefinitionArn,
    group: task.group,
    ...(task.startedBy !== undefined && { startedBy: task.startedBy }),
    lastStatus: task.lastStatus,
    desiredStatus: task.desiredStatus,
    version: task.version,
    cpu: task.cpu,
    memory: task.memory,
    launchType: task.launchType,
    ...(task.launchType === "FARGATE" && { platformFamily: "Linux", platformVersion: task.platformVersion }),
    availabilityZone: `${task.region}a`,
    connectivity: task.startedAt === undefined ? "DISCONNECTED" : "CONNECTED",
    healthStatus: healthOf(task),
    enableExecuteCommand: task.enableExecuteCommand,
    overrides: task.overrides ?? { containerOverrides: task.containers.map(({ name }) => ({ name })) },
    containers: task.containers.map((container) => renderContainer(task, container)),
    attachments: task.hasOwnNetwork ? [networkInterface(task)] : [],
    attributes: [],
    tags: [],
    ...(task.stopCode !== undefined && { stopCode: task.stopCode }),
    ...(task.stoppedReason !== undefined && { stoppedReason: task.stoppedReason }),
    ...dates({ createdAt, pullStartedAt, pullStoppedAt, startedAt, stoppingAt, executionStoppedAt, stoppedAt }),
    ...dates({ connectivityAt: pullStartedAt }),
  };
}

function renderContainer(task: TaskRecord, container: ContainerRecord): Container {
  const { containerPort, hostPort } = container;
  return {
    containerArn: container.arn,
    taskArn: task.arn,
    name: container.name,
    image: container.image,
    lastStatus: container.lastStatus,
    healthStatus: container.healthStatus ?? "UNKNOWN",
    cpu: "0",
    // The address is a name only; where the container can really be reached is its binding.
    networkInterfaces: task.hasOwnNetwork ? [{ attachmentId: task.id, privateIpv4Address: task.address }] : [],
    networkBindings:
      hostPort === undefined ? [] : [{ bindIP: TASK_HOST, containerPort, hostPort, protocol: "tcp" as const }],
    managedAgents: [],
    ...(container.imageDigest !== undefined && { imageDigest: container.imageDigest }),
    ...(container.runtimeId !== undefined && { runtimeId: container.runtimeId }),
    ...(container.exitCode !== undefined && { exitCode: container.exitCode }),
    ...(container.reason !== undefined && { reason: container.reason }),
  };
}

/** Only essential containers count for the task's own health. */
function healthOf({ containers }: TaskRecord): HealthStatus {
  const known = containers.filter(({ isEssential, healthStatus }) => isEssential && healthStatus);
  if (known.some(({ healthStatus }) => healthStatus === "UNHEALTHY")) return "UNHEALTHY";
  const passes = known.length > 0 && known.every(({ healthStatus }) => healthStatus === "HEALTHY");
  return passes ? "HEALTHY" : "UNKNOWN";
}

function networkInterface(task: TaskRecord): Attachment {
  const isGone = task.lastStatus === "STOPPED";
  const details = [
    { name: "networkInterfaceId", value: `eni-${task.id.slice(0, 17)}` },
    { name: "privateIPv4Address", value: task.address },
  ];
  return { id: task.id, type: "ElasticNetworkInterface", status: isGone ? "DELETED" : "ATTACHED", details };
}
