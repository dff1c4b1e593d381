import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { ensureAlarms } from "./alarms.ts";
import { backendSettings, paymentKeyReference } from "./backend-variables.ts";
import { createClients, type ClientOptions, type Clients } from "./clients.ts";
import { describe, type QkartDescription, type ServiceDescription } from "./description.ts";
import { present } from "./found.ts";
import { imageByDigest } from "./images.ts";
import { ensureLoadBalancer, type LoadBalancer } from "./load-balancer.ts";
import { ensureLogGroup } from "./log-groups.ts";
import { planFor, type Plan, type ServicePlan } from "./plan.ts";
import { ensureSecret } from "./secrets.ts";
import { createService, ensureCluster, findService, replaceTasks } from "./services.ts";
import { ensureTargetGroup } from "./target-groups.ts";
import { ensureTaskDefinition, getTaskDefinition } from "./task-definitions.ts";

export type ProvisionOptions = {
  /** How to reach AWS; on local AWS its endpoint and static credentials. */
  aws: ClientOptions;
  environment: string;
  listenerPort: number;
  databaseUrl: string;
  desiredCount: number;
  /** Where the load balancer stands; local AWS has no networks and takes any names. */
  network?: { vpcId: string; subnetIds: string[] };
  executionRoleArn?: string;
};

const firstVersion = "1.0.0";
const localNetwork = { vpcId: "vpc-0local", subnetIds: ["subnet-0local1", "subnet-0local2"] };

type Context = { clients: Clients; options: ProvisionOptions; plan: Plan; accountId: string };
type Wiring = {
  targetGroupArn: string;
  loadBalancer: LoadBalancer;
  environment: Record<string, string>;
  secrets: Record<string, string>;
};

/**
 * Creates QKart in one environment, or completes what is missing of it, and describes it as it is. What exists is
 * left alone: a service keeps the version that was deployed to it since. Only the secret follows `databaseUrl`,
 * and when it changed, the backend's tasks are replaced so that they read it.
 */
export async function provisionQkart(options: ProvisionOptions): Promise<QkartDescription> {
  const clients = createClients(options.aws);
  try {
    const { Account } = await clients.sts.send(new GetCallerIdentityCommand({}));
    return await provision({
      clients,
      options,
      plan: planFor(options.environment),
      accountId: present(Account, "the account"),
    });
  } finally {
    clients.destroy();
  }
}

async function provision(context: Context): Promise<QkartDescription> {
  const { clients, options, plan, accountId } = context;
  const { vpcId, subnetIds } = options.network ?? localNetwork;
  const targetGroup = ({ family, containerPort }: ServicePlan) =>
    ensureTargetGroup(clients, { name: family, port: containerPort, vpcId });

  const secret = await ensureSecret(clients, plan.secret, options.databaseUrl);
  const targetGroups = { backend: await targetGroup(plan.backend), storefront: await targetGroup(plan.storefront) };
  const loadBalancer = await ensureLoadBalancer(clients, {
    name: plan.loadBalancer,
    subnetIds,
    port: options.listenerPort,
    apiTargetGroup: targetGroups.backend,
    defaultTargetGroup: targetGroups.storefront,
  });
  await ensureCluster(clients, plan.cluster);

  const common = { NODE_ENV: "production", QKART_ENVIRONMENT: plan.environment };
  const backend = await provisionService(context, plan.backend, {
    targetGroupArn: targetGroups.backend,
    loadBalancer,
    environment: { ...common, ...backendSettings(plan.environment) },
    secrets: { DATABASE_URL: secret.arn, ...(await paymentKeyReference(clients, plan.environment)) },
  });
  const storefront = await provisionService(context, plan.storefront, {
    targetGroupArn: targetGroups.storefront,
    loadBalancer,
    environment: { ...common, BACKEND_URL: loadBalancer.url },
    secrets: {},
  });
  if (secret.changed) await replaceTasks(clients, plan.cluster, plan.backend.name, "The database's address changed");

  return {
    environment: plan.environment,
    accountId,
    region: clients.region,
    cluster: plan.cluster,
    loadBalancerUrl: loadBalancer.url,
    services: [backend, storefront],
  };
}

async function provisionService(context: Context, service: ServicePlan, wiring: Wiring): Promise<ServiceDescription> {
  const { clients, options, plan, accountId } = context;
  const { targetGroupArn } = wiring;
  await ensureLogGroup(clients, service.logGroup);
  const alarmNames = await ensureAlarms(clients, service, {
    loadBalancer: wiring.loadBalancer.arn,
    targetGroup: targetGroupArn,
  });

  const existing = await findService(clients, plan.cluster, service.name);
  if (existing !== undefined) {
    const running = await getTaskDefinition(clients, present(existing.taskDefinition, "the service's task definition"));
    return describe({ service, ecsService: existing, taskDefinition: running, targetGroupArn, alarmNames });
  }
  const taskDefinition = await ensureTaskDefinition(clients, {
    service,
    region: clients.region,
    image: await imageByDigest(clients, { accountId, repository: service.name, tag: firstVersion }),
    environment: wiring.environment,
    secrets: wiring.secrets,
    ...(options.executionRoleArn === undefined ? {} : { executionRoleArn: options.executionRoleArn }),
  });
  const created = await createService(clients, {
    cluster: plan.cluster,
    service,
    taskDefinitionArn: present(taskDefinition.taskDefinitionArn, "the task definition's ARN"),
    targetGroupArn,
    alarmNames,
    desiredCount: options.desiredCount,
  });
  return describe({ service, ecsService: created, taskDefinition, targetGroupArn, alarmNames });
}
