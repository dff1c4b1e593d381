import type { CreateClusterCommandInput, CreateClusterCommandOutput } from "@aws-sdk/client-ecs";
import type { Caller, World } from "../../../contract.ts";
import { engineOf } from "../engine.ts";
import { invalid } from "../errors.ts";
import { clusterArnOf } from "../lookup.ts";
import { renderCluster } from "../render/cluster.ts";
import { checkTags, setTags } from "../tags.ts";
import type { Answer } from "../../answer.ts";

/** Creating a cluster that exists returns it as it is. */
export function createCluster(
  world: World,
  { clusterName = "default", settings = [], tags }: CreateClusterCommandInput,
  caller: Caller,
): Answer<CreateClusterCommandOutput> {
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(clusterName)) throw invalid("Invalid cluster name.");
  checkTags(tags);
  const engine = engineOf(world);
  const { state } = engine;
  const clusterArn = clusterArnOf(caller, clusterName);
  const known = state.clusters[clusterArn];
  if (known?.status === "ACTIVE") {
    caller.record?.("none", clusterArn);
    return { cluster: renderCluster(engine, known) };
  }
  const { accountId, region } = caller;
  const cluster = { arn: clusterArn, name: clusterName, accountId, region, status: "ACTIVE" as const, settings };
  state.clusters[clusterArn] = cluster;
  state.save("clusters");
  setTags(engine, clusterArn, tags);
  caller.record?.("changed", clusterArn);
  return { cluster: { ...renderCluster(engine, cluster), tags: state.tags[clusterArn] ?? [] } };
}
