import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { DescribeLogGroupsCommand, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeImagesCommand } from "@aws-sdk/client-ecr";
import {
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ListClustersCommand,
  ListServiceDeploymentsCommand,
  ListServicesCommand,
  ListTaskDefinitionsCommand,
  ListTasksCommand,
} from "@aws-sdk/client-ecs";
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { DescribeSecretCommand, ListSecretsCommand } from "@aws-sdk/client-secrets-manager";
import { DescribeParametersCommand } from "@aws-sdk/client-ssm";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { Placement } from "../deployments/ports.ts";
import type { Clients } from "./clients.ts";
import { partitionOf, type ReadAction } from "./permissions.ts";

/** What is asked about. Absent parts are those that the target does not use. */
export type ProbeSubject = {
  placement: Placement;
  taskDefinitionArn: string;
  family: string;
  logGroup: string | undefined;
  targetGroupArn: string | undefined;
  /** Repository and digest of an image in ECR, in this account. */
  image: { repository: string; digest: string } | undefined;
  secretArn: string | undefined;
};

type Options = { abortSignal: AbortSignal };
type Ask = (options: Options) => Promise<unknown>;

/** A name that nothing has: AWS checks the permission before it looks, so "not found" means allowed. */
const nothing = "quarterdeck-doctor";
const hex = "0".repeat(32);

function arns({ region, accountId, cluster, ecsService }: Placement) {
  const of = (kind: string, ...path: string[]) =>
    `arn:${partitionOf(region)}:ecs:${region}:${accountId}:${kind}/${[cluster, ...path].join("/")}`;
  return {
    task: of("task", hex),
    deployment: of("service-deployment", ecsService, "0".repeat(21)),
    revision: of("service-revision", ecsService, "0".repeat(19)),
  };
}

/**
 * One call per permission that only reads: the smallest that says whether it is allowed. Nothing that could show a
 * secret is asked for: log lines of a stream that does not exist, secrets by description. Undefined: there is nothing
 * to ask about.
 */
export function probesOf(clients: Clients, subject: ProbeSubject): Record<ReadAction, Ask | undefined> {
  const { ecs, elb, logs, cloudwatch, ecr, secrets, ssm, sts } = clients;
  const { placement, family, logGroup, targetGroupArn, image, secretArn } = subject;
  const { cluster, ecsService: service, accountId } = placement;
  const { task, deployment, revision } = arns(placement);
  return {
    "sts:GetCallerIdentity": (options) => sts.send(new GetCallerIdentityCommand({}), options),
    "ecs:ListClusters": (options) => ecs.send(new ListClustersCommand({ maxResults: 1 }), options),
    "ecs:ListServices": (options) => ecs.send(new ListServicesCommand({ cluster, maxResults: 1 }), options),
    "ecs:DescribeServices": (options) =>
      ecs.send(new DescribeServicesCommand({ cluster, services: [service] }), options),
    "ecs:ListTasks": (options) =>
      ecs.send(new ListTasksCommand({ cluster, serviceName: service, maxResults: 1 }), options),
    "ecs:DescribeTasks": (options) => ecs.send(new DescribeTasksCommand({ cluster, tasks: [task] }), options),
    "ecs:DescribeTaskDefinition": (options) =>
      ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: subject.taskDefinitionArn }), options),
    "ecs:ListTaskDefinitions": (options) =>
      ecs.send(new ListTaskDefinitionsCommand({ familyPrefix: family, maxResults: 1 }), options),
    "ecs:ListServiceDeployments": (options) =>
      ecs.send(new ListServiceDeploymentsCommand({ cluster, service, maxResults: 1 }), options),
    "ecs:DescribeServiceDeployments": (options) =>
      ecs.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [deployment] }), options),
    "ecs:DescribeServiceRevisions": (options) =>
      ecs.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns: [revision] }), options),
    "elasticloadbalancing:DescribeTargetGroups": (options) =>
      elb.send(
        new DescribeTargetGroupsCommand(targetGroupArn ? { TargetGroupArns: [targetGroupArn] } : { PageSize: 1 }),
        options,
      ),
    "elasticloadbalancing:DescribeTargetHealth": targetGroupArn
      ? (options) => elb.send(new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn }), options)
      : undefined,
    "elasticloadbalancing:DescribeLoadBalancers": (options) =>
      elb.send(new DescribeLoadBalancersCommand({ PageSize: 1 }), options),
    "elasticloadbalancing:DescribeListeners": targetGroupArn
      ? async (options) => {
          const found = await elb.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [targetGroupArn] }), options);
          const LoadBalancerArn = found.TargetGroups?.[0]?.LoadBalancerArns?.[0];
          return LoadBalancerArn
            ? elb.send(new DescribeListenersCommand({ LoadBalancerArn, PageSize: 1 }), options)
            : undefined;
        }
      : undefined,
    "cloudwatch:DescribeAlarms": (options) =>
      cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [nothing], MaxRecords: 1 }), options),
    "logs:DescribeLogGroups": (options) =>
      logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroup ?? nothing, limit: 1 }), options),
    "logs:GetLogEvents": logGroup
      ? (options) =>
          logs.send(new GetLogEventsCommand({ logGroupName: logGroup, logStreamName: nothing, limit: 1 }), options)
      : undefined,
    "ecr:DescribeImages": image
      ? (options) =>
          ecr.send(
            new DescribeImagesCommand({
              registryId: accountId,
              repositoryName: image.repository,
              imageIds: [{ imageDigest: image.digest }],
            }),
            options,
          )
      : undefined,
    "secretsmanager:DescribeSecret": secretArn
      ? (options) => secrets.send(new DescribeSecretCommand({ SecretId: secretArn }), options)
      : undefined,
    "secretsmanager:ListSecrets": (options) => secrets.send(new ListSecretsCommand({ MaxResults: 1 }), options),
    "ssm:DescribeParameters": (options) => ssm.send(new DescribeParametersCommand({ MaxResults: 1 }), options),
  };
}
