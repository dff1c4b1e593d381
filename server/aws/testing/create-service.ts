import { CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateClusterCommand, CreateServiceCommand, RegisterTaskDefinitionCommand } from "@aws-sdk/client-ecs";
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Clients } from "../clients.ts";
import type { Placement } from "../../deployments/ports.ts";
import { localAccount, localPlace, localRegion } from "../../testing/local-aws/start.ts";

export const repository = `${localAccount}.dkr.ecr.${localRegion}.amazonaws.com/app`;

type ServiceSpec = {
  cluster: string;
  name: string;
  desiredCount: number;
  tag?: string;
  targetGroupArn?: string;
  alarmNames?: string[];
  /** Without it, a version that cannot start is tried for ever. */
  breaker?: boolean;
  secretArn?: string;
  /** Image without tag, when not `app` of the first account. */
  repository?: string;
  /** Where it is created, when not in local AWS's first account and region. */
  place?: Omit<Placement, "cluster" | "ecsService">;
};

/** Family, log group and container that `createService` gives a service. */
export const familyOf = ({ cluster, name }: { cluster: string; name: string }): string => `${name}-${cluster}`;
const logGroupOf = ({ cluster, name }: { cluster: string; name: string }): string => `/${cluster}/${name}`;

/** Makes a cluster, or finds it. */
export async function createCluster(clients: Clients, cluster: string): Promise<void> {
  await clients.ecs.send(new CreateClusterCommand({ clusterName: cluster }));
}

/** Registers a task definition with one container `app`, its log group, and a service that runs it. */
export async function createService(clients: Clients, spec: ServiceSpec): Promise<Placement> {
  const group = logGroupOf(spec);
  await clients.logs.send(new CreateLogGroupCommand({ logGroupName: group }));
  const { taskDefinition } = await clients.ecs.send(
    new RegisterTaskDefinitionCommand({
      family: familyOf(spec),
      networkMode: "awsvpc",
      requiresCompatibilities: ["FARGATE"],
      cpu: "256",
      memory: "512",
      tags: [{ key: "team", value: "shop" }],
      containerDefinitions: [
        {
          name: "app",
          image: `${spec.repository ?? repository}:${spec.tag ?? "1.0.0"}`,
          essential: true,
          portMappings: [{ containerPort: 8081, protocol: "tcp" }],
          stopTimeout: 5,
          ...(spec.secretArn ? { secrets: [{ name: "PASSWORD", valueFrom: spec.secretArn }] } : {}),
          environment: [{ name: "NODE_ENV", value: "production" }],
          logConfiguration: {
            logDriver: "awslogs",
            options: { "awslogs-group": group, "awslogs-region": localRegion, "awslogs-stream-prefix": "ecs" },
          },
        },
      ],
    }),
  );
  await clients.ecs.send(
    new CreateServiceCommand({
      cluster: spec.cluster,
      serviceName: spec.name,
      taskDefinition: taskDefinition?.taskDefinitionArn,
      desiredCount: spec.desiredCount,
      launchType: "FARGATE",
      networkConfiguration: { awsvpcConfiguration: { subnets: ["subnet-0local1"] } },
      ...(spec.targetGroupArn
        ? {
            loadBalancers: [{ targetGroupArn: spec.targetGroupArn, containerName: "app", containerPort: 8081 }],
            healthCheckGracePeriodSeconds: 0,
          }
        : {}),
      deploymentConfiguration: {
        deploymentCircuitBreaker: { enable: spec.breaker ?? true, rollback: spec.breaker ?? true },
        ...(spec.alarmNames ? { alarms: { alarmNames: spec.alarmNames, enable: true, rollback: true } } : {}),
      },
    }),
  );
  return { ...(spec.place ?? localPlace), cluster: spec.cluster, ecsService: spec.name };
}

/** A load balancer with one listener on a free port; answers the ARN of the target group behind it. */
export async function createTargetGroup(clients: Clients, name: string, listenerPort: number): Promise<string> {
  const { TargetGroups } = await clients.elb.send(
    new CreateTargetGroupCommand({
      Name: name,
      Protocol: "HTTP",
      Port: 8081,
      VpcId: "vpc-0local",
      TargetType: "ip",
      HealthCheckPath: "/health",
      HealthCheckIntervalSeconds: 5,
      HealthCheckTimeoutSeconds: 2,
      HealthyThresholdCount: 2,
      UnhealthyThresholdCount: 2,
    }),
  );
  const targetGroupArn = TargetGroups?.[0]?.TargetGroupArn;
  const { LoadBalancers } = await clients.elb.send(
    new CreateLoadBalancerCommand({ Name: name, Subnets: ["subnet-0local1", "subnet-0local2"] }),
  );
  await clients.elb.send(
    new CreateListenerCommand({
      LoadBalancerArn: LoadBalancers?.[0]?.LoadBalancerArn,
      Protocol: "HTTP",
      Port: listenerPort,
      DefaultActions: [{ Type: "forward", TargetGroupArn: targetGroupArn }],
    }),
  );
  return targetGroupArn ?? "";
}
