import type { Service, TaskDefinition } from "@aws-sdk/client-ecs";
import { present } from "./found.ts";
import type { ServiceName, ServicePlan } from "./plan.ts";

export type ContainerDescription = { name: string; image: string; digest: string };

export type ServiceDescription = {
  name: ServiceName;
  /** Name of the ECS service in its cluster. */
  ecsService: string;
  ecsServiceArn: string;
  desiredCount: number;
  targetGroupArn: string;
  logGroup: string;
  taskDefinitionArn: string;
  containers: ContainerDescription[];
  alarmNames: string[];
};

/** QKart in one environment as it stands in AWS: plain data that the portal can store. */
export type QkartDescription = {
  environment: string;
  accountId: string;
  region: string;
  cluster: string;
  /** Where the environment's shop answers; no trailing slash. */
  loadBalancerUrl: string;
  services: ServiceDescription[];
};

export function describe(found: {
  service: ServicePlan;
  ecsService: Service;
  taskDefinition: TaskDefinition;
  targetGroupArn: string;
  alarmNames: string[];
}): ServiceDescription {
  const { service, ecsService, taskDefinition } = found;
  return {
    name: service.name,
    ecsService: present(ecsService.serviceName, "the service's name"),
    ecsServiceArn: present(ecsService.serviceArn, "the service's ARN"),
    desiredCount: ecsService.desiredCount ?? 0,
    targetGroupArn: found.targetGroupArn,
    logGroup: service.logGroup,
    taskDefinitionArn: present(taskDefinition.taskDefinitionArn, "the task definition's ARN"),
    containers: (taskDefinition.containerDefinitions ?? []).map((container) => {
      const image = present(container.image, "the container's image");
      return { name: present(container.name, "the container's name"), image, digest: image.split("@")[1] ?? "" };
    }),
    alarmNames: found.alarmNames,
  };
}
