import type { ListServiceDeploymentsCommandInput, ListServiceDeploymentsCommandOutput } from "@aws-sdk/client-ecs";
import type { Caller, World } from "../../../contract.ts";
import { engineOf } from "../engine.ts";
import { serviceNotFound } from "../errors.ts";
import { findService, requireCluster } from "../lookup.ts";
import { pageOf } from "../paging.ts";
import { renderBrief } from "../render/service-deployment.ts";
import type { Answer } from "../../answer.ts";

/** Newest first. */
export function listServiceDeployments(
  world: World,
  { service: name = "", cluster: clusterName, status, createdAt, ...page }: ListServiceDeploymentsCommandInput,
  caller: Caller,
): Answer<ListServiceDeploymentsCommandOutput> {
  const engine = engineOf(world);
  const service = findService(engine, requireCluster(engine, caller, clusterName), name);
  if (!service) throw serviceNotFound();
  const { after, before } = createdAt ?? {};
  const deployments = Object.values(engine.state.deployments)
    .filter(({ serviceArn }) => serviceArn === service.arn)
    .filter((deployment) => !status?.length || status.includes(deployment.status))
    .filter((deployment) => after === undefined || deployment.createdAt > after.getTime())
    .filter((deployment) => before === undefined || deployment.createdAt < before.getTime())
    .reverse();
  const { items, ...rest } = pageOf(deployments, page, { standard: 20 });
  return { serviceDeployments: items.map(renderBrief), ...rest };
}
