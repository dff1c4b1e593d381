import type { Place } from "../../contract.ts";
import { arn, isOwn } from "../place.ts";
import type { Engine } from "./engine.ts";
import { client, clusterNotFound, invalid } from "./errors.ts";
import type { ClusterRecord } from "./records/cluster.ts";
import type { ServiceRecord } from "./records/service.ts";
import type { TaskDefinitionRecord } from "./records/task-definition.ts";
import type { TaskRecord } from "./records/task.ts";

const DEFAULT_CLUSTER = "default";

/** ARN of a cluster given by name or ARN; without either it is the one called `default`. */
export function clusterArnOf(place: Place, cluster: string | undefined): string {
  const name = cluster ?? DEFAULT_CLUSTER;
  return name.startsWith("arn:") ? name : arn("ecs", place, `cluster/${name}`);
}

/** A cluster of the caller, whatever its status: nobody sees those of another account or region, even by ARN. */
export function findCluster({ state }: Engine, place: Place, cluster: string | undefined): ClusterRecord | undefined {
  const clusterArn = clusterArnOf(place, cluster);
  return isOwn(place, clusterArn) ? state.clusters[clusterArn] : undefined;
}

/** The cluster, which has to be ACTIVE. */
export function requireCluster(engine: Engine, place: Place, cluster: string | undefined): ClusterRecord {
  const found = findCluster(engine, place, cluster);
  if (found?.status !== "ACTIVE") throw clusterNotFound();
  return found;
}

/** ARN of a service of a cluster given by name or ARN. */
export function serviceArnOf({ arn: clusterArn, name }: ClusterRecord, service: string): string {
  if (service.startsWith("arn:")) return service;
  return `${clusterArn.slice(0, clusterArn.indexOf(":cluster/"))}:service/${name}/${service}`;
}

/** A service of the cluster, whatever its status. */
export function findService({ state }: Engine, cluster: ClusterRecord, service: string): ServiceRecord | undefined {
  const found = state.services[serviceArnOf(cluster, service)];
  return found?.clusterArn === cluster.arn ? found : undefined;
}

/** A task of the cluster, by id or ARN. */
export function findTask({ state }: Engine, cluster: ClusterRecord, task: string): TaskRecord | undefined {
  const prefix = cluster.arn.slice(0, cluster.arn.indexOf(":cluster/"));
  const found = state.tasks[task.startsWith("arn:") ? task : `${prefix}:task/${cluster.name}/${task}`];
  return found?.clusterArn === cluster.arn ? found : undefined;
}

/** A revision by ARN, `family:revision`, or `family` for the newest ACTIVE one. */
export function findTaskDefinition(
  { state }: Engine,
  place: Place,
  reference: string,
): TaskDefinitionRecord | undefined {
  if (reference.startsWith("arn:")) return isOwn(place, reference) ? state.definitions[reference] : undefined;
  if (reference.includes(":")) return state.definitions[arn("ecs", place, `task-definition/${reference}`)];
  return revisionsOf({ state }, place, reference).findLast(({ status }) => status === "ACTIVE");
}

/** A revision that new tasks may be started from. */
export function requireActiveTaskDefinition(engine: Engine, place: Place, reference: string | undefined) {
  if (!reference) throw invalid("TaskDefinition can not be blank.");
  const found = findTaskDefinition(engine, place, reference);
  if (!found) throw client("Unable to describe task definition.");
  if (found.status !== "ACTIVE") throw client("TaskDefinition is inactive");
  return found;
}

/** All revisions of a family, oldest first. */
export function revisionsOf({ state }: Pick<Engine, "state">, place: Place, family: string): TaskDefinitionRecord[] {
  const prefix = arn("ecs", place, `task-definition/${family}:`);
  return Object.values(state.definitions)
    .filter((definition) => definition.arn.startsWith(prefix))
    .sort((a, b) => a.revision - b.revision);
}
