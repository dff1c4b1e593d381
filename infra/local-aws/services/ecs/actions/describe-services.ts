import type { DescribeServicesCommandInput, DescribeServicesCommandOutput } from "@aws-sdk/client-ecs";
import type { Caller, World } from "../../../contract.ts";
import { engineOf } from "../engine.ts";
import { invalid } from "../errors.ts";
import { findService, requireCluster, serviceArnOf } from "../lookup.ts";
import { renderService } from "../render/service.ts";
import type { Answer } from "../../answer.ts";

const MOST = 10;

/** Up to 10 services of one cluster; a deleted one is still described, as INACTIVE. */
export function describeServices(
  world: World,
  { cluster: clusterName, services = [], include = [] }: DescribeServicesCommandInput,
  caller: Caller,
): Answer<DescribeServicesCommandOutput> {
  if (services.length === 0) throw invalid("Services cannot be empty.");
  if (services.length > MOST) throw invalid(`Services cannot be more than ${MOST}.`);
  const engine = engineOf(world);
  const cluster = requireCluster(engine, caller, clusterName);
  const found = services.map((service) => findService(engine, cluster, service));
  return {
    services: found
      .filter((service) => service !== undefined)
      .map((service) => ({
        ...renderService(engine, service),
        ...(include.includes("TAGS") && { tags: engine.state.tags[service.arn] ?? [] }),
      })),
    failures: services
      .filter((_, index) => !found[index])
      .map((service) => ({ arn: serviceArnOf(cluster, service), reason: "MISSING" })),
  };
}
