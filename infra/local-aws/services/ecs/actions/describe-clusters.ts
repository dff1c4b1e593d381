import type { DescribeClustersCommandInput, DescribeClustersCommandOutput } from "@aws-sdk/client-ecs";
import type { Caller, World } from "../../../contract.ts";
import { engineOf } from "../engine.ts";
import { invalid } from "../errors.ts";
import { clusterArnOf, findCluster } from "../lookup.ts";
import { renderCluster } from "../render/cluster.ts";
import type { Answer } from "../../answer.ts";

const MOST = 100;

/** Up to 100 clusters; those that were deleted are INACTIVE. */
export function describeClusters(
  world: World,
  { clusters = ["default"], include = [] }: DescribeClustersCommandInput,
  caller: Caller,
): Answer<DescribeClustersCommandOutput> {
  if (clusters.length > MOST) throw invalid(`Clusters cannot be more than ${MOST}`);
  const engine = engineOf(world);
  const found = clusters.map((cluster) => findCluster(engine, caller, cluster));
  return {
    clusters: found
      .filter((cluster) => cluster !== undefined)
      .map((cluster) => ({
        ...renderCluster(engine, cluster),
        ...(include.includes("TAGS") && { tags: engine.state.tags[cluster.arn] ?? [] }),
      })),
    failures: clusters
      .filter((_, index) => !found[index])
      .map((cluster) => ({ arn: clusterArnOf(caller, cluster), reason: "MISSING" })),
  };
}
