import type { ContainerDefinition, TaskDefinition } from "@aws-sdk/client-ecs";
import type { TaskDefinitionRecord } from "../records/task-definition.ts";
import { dates } from "./dates.ts";

/** A revision as AWS echoes it: with the defaults that registering fills in. */
export function renderTaskDefinition(record: TaskDefinitionRecord): TaskDefinition {
  const { input } = record;
  return {
    volumes: [],
    placementConstraints: [],
    ...input,
    taskDefinitionArn: record.arn,
    family: record.family,
    revision: record.revision,
    status: record.status,
    containerDefinitions: (input.containerDefinitions ?? []).map(renderContainer),
    requiresAttributes: [],
    compatibilities: ["EC2", "FARGATE"],
    registeredBy: record.registeredBy,
    ...dates({ registeredAt: record.registeredAt, deregisteredAt: record.deregisteredAt }),
  };
}

function renderContainer(container: ContainerDefinition): ContainerDefinition {
  return {
    cpu: 0,
    essential: true,
    environment: [],
    mountPoints: [],
    volumesFrom: [],
    systemControls: [],
    ...container,
    portMappings: (container.portMappings ?? []).map((mapping) => ({
      hostPort: mapping.containerPort,
      protocol: "tcp",
      ...mapping,
    })),
    ...(container.healthCheck && {
      healthCheck: { interval: 30, timeout: 5, retries: 3, ...container.healthCheck },
    }),
  };
}
