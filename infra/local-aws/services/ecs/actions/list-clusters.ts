import type { ListClustersCommandInput, ListClustersCommandOutput } from "@aws-sdk/client-ecs";
import type { Caller, World } from "../../../contract.ts";
import { isOwn } from "../../place.ts";
import { engineOf } from "../engine.ts";
import { pageOf } from "../paging.ts";
import type { Answer } from "../../answer.ts";

/** ACTIVE clusters of the caller. */
export function listClusters(
  world: World,
  input: ListClustersCommandInput,
  caller: Caller,
): Answer<ListClustersCommandOutput> {
  const clusters = Object.values(engineOf(world).state.clusters)
    .filter(({ arn, status }) => status === "ACTIVE" && isOwn(caller, arn))
    .map(({ arn }) => arn);
  const { items, ...rest } = pageOf(clusters, input, { standard: 100 });
  return { clusterArns: items, ...rest };
}
