import type { ListTasksCommandInput, ListTasksCommandOutput } from "@aws-sdk/client-ecs";
import type { Caller, World } from "../../../contract.ts";
import { engineOf } from "../engine.ts";
import { serviceNotFound } from "../errors.ts";
import { findService, requireCluster } from "../lookup.ts";
import { pageOf } from "../paging.ts";
import type { Answer } from "../../answer.ts";

/** `desiredStatus` decides: tasks that were told to stop are listed as STOPPED before they have. */
export function listTasks(
  world: World,
  {
    cluster: clusterName,
    serviceName,
    family,
    desiredStatus = "RUNNING",
    startedBy,
    launchType,
    ...page
  }: ListTasksCommandInput,
  caller: Caller,
): Answer<ListTasksCommandOutput> {
  const engine = engineOf(world);
  const cluster = requireCluster(engine, caller, clusterName);
  const service = serviceName === undefined ? undefined : findService(engine, cluster, serviceName);
  if (serviceName !== undefined && !service) throw serviceNotFound();
  const tasks = Object.values(engine.state.tasks)
    .filter((task) => task.clusterArn === cluster.arn && task.desiredStatus === desiredStatus)
    .filter((task) => service === undefined || task.serviceArn === service.arn)
    .filter((task) => family === undefined || task.family === family)
    .filter((task) => startedBy === undefined || task.startedBy === startedBy)
    .filter((task) => launchType === undefined || task.launchType === launchType)
    .map(({ arn }) => arn);
  const { items, ...rest } = pageOf(tasks, page, { standard: 100 });
  return { taskArns: items, ...rest };
}
