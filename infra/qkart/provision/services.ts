import {
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeClustersCommand,
  DescribeServicesCommand,
  ListTasksCommand,
  StopTaskCommand,
  type Service,
} from "@aws-sdk/client-ecs";
import type { Clients } from "./clients.ts";
import { present } from "./found.ts";
import type { ServicePlan } from "./plan.ts";

export async function ensureCluster({ ecs }: Clients, name: string): Promise<void> {
  const { clusters = [] } = await ecs.send(new DescribeClustersCommand({ clusters: [name] }));
  if (clusters.some((cluster) => cluster.status === "ACTIVE")) return;
  await ecs.send(new CreateClusterCommand({ clusterName: name }));
}

/** The service when it exists. Deleted services are described as INACTIVE for a while. */
export async function findService({ ecs }: Clients, cluster: string, name: string): Promise<Service | undefined> {
  const { services = [] } = await ecs.send(new DescribeServicesCommand({ cluster, services: [name] }));
  return services.find((service) => service.status === "ACTIVE");
}

type ServiceOptions = {
  cluster: string;
  service: ServicePlan;
  taskDefinitionArn: string;
  targetGroupArn: string;
  alarmNames: string[];
  desiredCount: number;
};

export async function createService({ ecs }: Clients, options: ServiceOptions): Promise<Service> {
  const { service } = options;
  const created = await ecs.send(
    new CreateServiceCommand({
      cluster: options.cluster,
      serviceName: service.name,
      taskDefinition: options.taskDefinitionArn,
      desiredCount: options.desiredCount,
      launchType: "EC2",
      loadBalancers: [
        {
          targetGroupArn: options.targetGroupArn,
          containerName: service.container,
          containerPort: service.containerPort,
        },
      ],
      healthCheckGracePeriodSeconds: 15,
      deploymentConfiguration: {
        minimumHealthyPercent: 100,
        maximumPercent: 200,
        deploymentCircuitBreaker: { enable: true, rollback: true },
        alarms: { alarmNames: options.alarmNames, enable: true, rollback: true },
      },
    }),
  );
  return present(created.service, "the service");
}

/** Has the scheduler start every task of a service anew, because a task reads its secrets only when it starts. */
export async function replaceTasks({ ecs }: Clients, cluster: string, service: string, reason: string): Promise<void> {
  const { taskArns = [] } = await ecs.send(new ListTasksCommand({ cluster, serviceName: service, maxResults: 100 }));
  for (const task of taskArns) await ecs.send(new StopTaskCommand({ cluster, task, reason }));
}
