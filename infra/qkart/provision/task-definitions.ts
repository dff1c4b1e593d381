import {
  DescribeTaskDefinitionCommand,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  type TaskDefinition,
} from "@aws-sdk/client-ecs";
import type { Clients } from "./clients.ts";
import { orUndefined, present } from "./found.ts";
import type { ServicePlan } from "./plan.ts";

export type TaskOptions = {
  service: ServicePlan;
  region: string;
  image: string;
  environment: Record<string, string>;
  /** Environment variable to the ARN of the secret that it comes from. */
  secrets: Record<string, string>;
  /** On AWS, the role that pulls the image, writes the logs and reads the secrets. */
  executionRoleArn?: string;
};

/** The family's newest revision when there is one, whoever registered it; otherwise registers the first. */
export async function ensureTaskDefinition({ ecs }: Clients, options: TaskOptions): Promise<TaskDefinition> {
  const found = await orUndefined(
    ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: options.service.family })),
    "ClientException",
  );
  if (found?.taskDefinition !== undefined) return found.taskDefinition;
  const registered = await ecs.send(new RegisterTaskDefinitionCommand(taskDefinition(options)));
  return present(registered.taskDefinition, "the task definition");
}

export async function getTaskDefinition({ ecs }: Clients, arn: string): Promise<TaskDefinition> {
  const { taskDefinition } = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: arn }));
  return present(taskDefinition, "the task definition");
}

function taskDefinition(options: TaskOptions): RegisterTaskDefinitionCommandInput {
  const { service, region } = options;
  return {
    family: service.family,
    networkMode: "bridge",
    requiresCompatibilities: ["EC2"],
    ...(options.executionRoleArn === undefined ? {} : { executionRoleArn: options.executionRoleArn }),
    containerDefinitions: [
      {
        name: service.container,
        image: options.image,
        essential: true,
        cpu: 128,
        memory: 256,
        memoryReservation: 96,
        stopTimeout: 10,
        portMappings: [{ containerPort: service.containerPort, hostPort: 0, protocol: "tcp" }],
        environment: Object.entries(options.environment).map(([name, value]) => ({ name, value })),
        secrets: Object.entries(options.secrets).map(([name, valueFrom]) => ({ name, valueFrom })),
        logConfiguration: {
          logDriver: "awslogs",
          options: { "awslogs-group": service.logGroup, "awslogs-region": region, "awslogs-stream-prefix": "qkart" },
        },
      },
    ],
  };
}
