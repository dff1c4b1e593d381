import type { ListServicesCommandInput, ListServicesCommandOutput } from "@aws-sdk/client-ecs";
import type { Caller, World } from "../../../contract.ts";
import { engineOf } from "../engine.ts";
import { requireCluster } from "../lookup.ts";
import { pageOf } from "../paging.ts";
import type { Answer } from "../../answer.ts";

/** Pages of 10 unless `maxResults` says more. */
export function listServices(
  world: World,
  { cluster: clusterName, launchType, schedulingStrategy, ...page }: ListServicesCommandInput,
  caller: Caller,
): Answer<ListServicesCommandOutput> {
  const engine = engineOf(world);
  const cluster = requireCluster(engine, caller, clusterName);
  const services = Object.values(engine.state.services)
    .filter((service) => service.clusterArn === cluster.arn && service.status !== "INACTIVE")
    .filter((service) => launchType === undefined || service.launchType === launchType)
    .filter(() => schedulingStrategy !== "DAEMON")
    .map(({ arn }) => arn);
  const { items, ...rest } = pageOf(services, page, { standard: 10 });
  return { serviceArns: items, ...rest };
}
