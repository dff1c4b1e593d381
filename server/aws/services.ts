import { DescribeServicesCommand, type Service } from "@aws-sdk/client-ecs";
import { placementKey, type Placement, type ServiceState } from "../deployments/ports.ts";
import { batches } from "./batches.ts";
import type { ClientSource } from "./clients.ts";
import { awsCall } from "./failure.ts";

export const describeServicesOperation = "ecs:DescribeServices";

/** DescribeServices takes ten services of one cluster. */
export const servicesBatch = 10;

/** "qkart-backend in qkart-production". */
export function placeName({ ecsService, cluster }: Placement): string {
  return `${ecsService} in ${cluster}`;
}

/** AWS keeps naming the last service deployment; it is under way only while the primary deployment says so. */
function currentRollout(service: Service): string | null {
  const primary = service.deployments?.find((one) => one.status === "PRIMARY");
  const over = primary?.rolloutState === "COMPLETED" || primary?.rolloutState === "FAILED";
  return over ? null : (service.currentServiceDeployment ?? null);
}

/** Whether the portal can deploy to a service, from what it says of itself; else why not. */
export function deployable(
  service: Pick<Service, "status" | "deploymentController" | "schedulingStrategy">,
): true | string {
  if (service.status !== "ACTIVE") return `It is ${service.status?.toLowerCase() ?? "not active"}.`;
  const controller = service.deploymentController?.type ?? "ECS";
  if (controller !== "ECS") return `It is deployed by ${controller}; the portal needs the deployment controller ECS.`;
  return service.schedulingStrategy === "DAEMON" ? "It is a daemon; the portal deploys replicas." : true;
}

/** ECS's service in the product's words; absent percentages are AWS's defaults (ecs.md 2.5). */
export function toServiceState(service: Service): ServiceState {
  const { deploymentCircuitBreaker: breaker, alarms, ...configuration } = service.deploymentConfiguration ?? {};
  const daemon = service.schedulingStrategy === "DAEMON";
  return {
    status: service.status ?? "UNKNOWN",
    taskDefinitionArn: service.taskDefinition ?? "",
    desiredCount: service.desiredCount ?? 0,
    runningCount: service.runningCount ?? 0,
    pendingCount: service.pendingCount ?? 0,
    minimumHealthyPercent: configuration.minimumHealthyPercent ?? (daemon ? 0 : 100),
    maximumPercent: configuration.maximumPercent ?? (daemon ? 100 : 200),
    circuitBreaker: { enabled: breaker?.enable ?? false, rollback: breaker?.rollback ?? false },
    alarmNames: alarms?.enable ? (alarms.alarmNames ?? []) : [],
    targetGroupArns: (service.loadBalancers ?? []).map((one) => one.targetGroupArn).filter((arn) => arn !== undefined),
    deployable: deployable(service),
    currentRolloutArn: currentRollout(service),
    events: (service.events ?? []).map((event) => ({
      id: event.id ?? "",
      at: event.createdAt ?? new Date(0),
      message: event.message ?? "",
    })),
  };
}

/** One call of DescribeServices, for services of one cluster. */
export async function askForServices(clients: ClientSource, cluster: Omit<Placement, "ecsService">, names: string[]) {
  const { ecs } = await clients.of(cluster);
  const resource =
    names.length === 1 ? placeName({ ...cluster, ecsService: names[0] ?? "" }) : `services of ${cluster.cluster}`;
  return awsCall({ operation: describeServicesOperation, resource }, (options) =>
    ecs.send(new DescribeServicesCommand({ cluster: cluster.cluster, services: names }), options),
  );
}

/**
 * Many services, ten per call, clusters side by side; those that ECS does not know are left out. Fails when one of
 * the clusters cannot be described, so who must not lose the others asks for one cluster at a time.
 */
export async function describeServices(
  clients: ClientSource,
  placements: Placement[],
): Promise<Map<string, ServiceState>> {
  const clusters = new Map<string, Placement[]>();
  for (const placement of placements) {
    const { environmentId, accountId, region, cluster } = placement;
    const key = [environmentId, accountId, region, cluster].join("/");
    clusters.set(key, [...(clusters.get(key) ?? []), placement]);
  }
  const work = [...clusters.values()].flatMap((members) => batches(members, servicesBatch));
  const result = new Map<string, ServiceState>();
  await Promise.all(
    work.map(async (members) => {
      const [cluster] = members;
      if (!cluster) return;
      const answer = await askForServices(clients, cluster, [...new Set(members.map((one) => one.ecsService))]);
      for (const service of answer.services ?? []) {
        const placement = members.find((one) => one.ecsService === service.serviceName);
        if (placement) result.set(placementKey(placement), toServiceState(service));
      }
    }),
  );
  return result;
}
