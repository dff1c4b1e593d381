import type { DeleteClusterCommandInput, DeleteClusterCommandOutput } from "@aws-sdk/client-ecs";
import { AwsError, type Caller, type World } from "../../../contract.ts";
import { engineOf } from "../engine.ts";
import { requireCluster } from "../lookup.ts";
import { renderCluster } from "../render/cluster.ts";
import type { Answer } from "../../answer.ts";

/** The cluster stays visible as INACTIVE. */
export function deleteCluster(
  world: World,
  input: DeleteClusterCommandInput,
  caller: Caller,
): Answer<DeleteClusterCommandOutput> {
  const engine = engineOf(world);
  const cluster = requireCluster(engine, caller, input.cluster);
  const rendered = renderCluster(engine, cluster);
  const services = Object.values(engine.state.services).filter(({ clusterArn }) => clusterArn === cluster.arn);
  if (services.some(({ status }) => status !== "INACTIVE")) {
    const message = "The Cluster cannot be deleted while Services are active.";
    throw new AwsError("ClusterContainsServicesException", message);
  }
  if ((rendered.runningTasksCount ?? 0) + (rendered.pendingTasksCount ?? 0) > 0) {
    throw new AwsError("ClusterContainsTasksException", "The Cluster cannot be deleted while Tasks are active.");
  }
  cluster.status = "INACTIVE";
  engine.state.save("clusters");
  caller.record?.("changed", cluster.arn);
  return { cluster: { ...rendered, status: "INACTIVE" } };
}
