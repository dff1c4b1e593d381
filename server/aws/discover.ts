import { DescribeServicesCommand, ListClustersCommand, ListServicesCommand, type Service } from "@aws-sdk/client-ecs";
import { RuntimeFailure, shortArn } from "../deployments/ports.ts";
import type { AccountPlace, Found, FoundService } from "../environments/ports.ts";
import { allPages, batches, inTurns } from "./batches.ts";
import type { ClientSource, Clients } from "./clients.ts";
import { awsCall } from "./failure.ts";
import { addressesOf } from "./load-balancers.ts";
import { deployable, describeServicesOperation, servicesBatch } from "./services.ts";

/** Pages of a hundred: as much as one look may cost. */
const maxPages = 10;
/** Calls at a time: a fifth of what ECS allows in a burst. */
const width = 10;

async function listClusters({ ecs }: Clients): Promise<string[]> {
  const target = { operation: "ecs:ListClusters", resource: "clusters of the account" };
  const arns = await allPages(async (nextToken) => {
    const command = new ListClustersCommand({ maxResults: 100, nextToken });
    const page = await awsCall(target, (options) => ecs.send(command, options));
    return { items: page.clusterArns, next: page.nextToken };
  }, maxPages);
  return arns.map(shortArn).toSorted();
}

async function listServices({ ecs }: Clients, cluster: string): Promise<string[]> {
  const target = { operation: "ecs:ListServices", resource: `services of ${cluster}` };
  return allPages(async (nextToken) => {
    const command = new ListServicesCommand({ cluster, maxResults: 100, nextToken });
    const page = await awsCall(target, (options) => ecs.send(command, options));
    return { items: page.serviceArns, next: page.nextToken };
  }, maxPages);
}

function toFound(cluster: string, service: Service): Omit<FoundService, "url"> {
  const balanced = service.loadBalancers?.find((one) => one.targetGroupArn);
  return {
    cluster,
    ecsService: service.serviceName ?? "",
    taskDefinition: shortArn(service.taskDefinition ?? ""),
    desiredCount: service.desiredCount ?? 0,
    runningCount: service.runningCount ?? 0,
    container: balanced?.containerName ?? null,
    targetGroupArn: balanced?.targetGroupArn ?? null,
    importable: deployable(service),
  };
}

async function servicesOf(clients: Clients, cluster: string): Promise<Omit<FoundService, "url">[]> {
  const names = (await listServices(clients, cluster)).map(shortArn).toSorted();
  const target = { operation: describeServicesOperation, resource: `services of ${cluster}` };
  const answers = await inTurns(batches(names, servicesBatch), width, (services) =>
    awsCall(target, (options) => clients.ecs.send(new DescribeServicesCommand({ cluster, services }), options)),
  );
  return answers.flatMap((answer) => (answer.services ?? []).map((service) => toFound(cluster, service)));
}

/**
 * ECS services of a place by cluster and name, with the address of their load balancers. A cluster or load balancer
 * that may not be read is left out with a warning; fails when the clusters cannot be listed.
 */
export async function discover(source: ClientSource, place: AccountPlace, only: string | null): Promise<Found> {
  const clients = await source.of(place);
  const clusters = only === null ? await listClusters(clients) : [only];
  const warnings: string[] = [];
  const orWarn =
    <Out>(otherwise: Out) =>
    (error: unknown): Out => {
      if (!(error instanceof RuntimeFailure) || only !== null) throw error;
      warnings.push(error.message);
      return otherwise;
    };
  const found = (await inTurns(clusters, 2, (cluster) => servicesOf(clients, cluster).catch(orWarn([])))).flat();
  const groups = found.map((one) => one.targetGroupArn).filter((arn) => arn !== null);
  const addresses = await addressesOf(clients, groups).catch((error: unknown) => {
    if (!(error instanceof RuntimeFailure)) throw error;
    warnings.push(error.message);
    return new Map<string, string>();
  });
  const services = found.map((one) => ({ ...one, url: addresses.get(one.targetGroupArn ?? "") ?? null }));
  return { services, clusters, warnings };
}
