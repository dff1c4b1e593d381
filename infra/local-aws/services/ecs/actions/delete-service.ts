import type { DeleteServiceCommandInput, DeleteServiceCommandOutput } from "@aws-sdk/client-ecs";
import type { Caller, World } from "../../../contract.ts";
import { engineOf } from "../engine.ts";
import { invalid, serviceNotActive, serviceNotFound } from "../errors.ts";
import { findService, requireCluster } from "../lookup.ts";
import { renderService } from "../render/service.ts";
import type { Answer } from "../../answer.ts";

/** DRAINING until its last task has stopped, then INACTIVE; its deployment history goes with it. */
export function deleteService(
  world: World,
  { cluster: clusterName, service: name = "", force = false }: DeleteServiceCommandInput,
  caller: Caller,
): Answer<DeleteServiceCommandOutput> {
  const engine = engineOf(world);
  const { state } = engine;
  const service = findService(engine, requireCluster(engine, caller, clusterName), name);
  if (!service) throw serviceNotFound();
  if (service.status !== "ACTIVE") throw serviceNotActive();
  if (service.desiredCount > 0 && !force) {
    throw invalid("The service cannot be stopped while it is scaled above 0.");
  }
  Object.assign(service, { status: "DRAINING", desiredCount: 0 });
  // Nothing is being judged any more.
  for (const deployment of service.deployments) deployment.rollout = "COMPLETED";
  delete service.currentServiceDeployment;
  delete service.completedRevision;
  for (const { arn, serviceArn } of Object.values(state.deployments)) {
    if (serviceArn === service.arn) delete state.deployments[arn];
  }
  state.save("services", "deployments");
  engine.wake(service.arn);
  caller.record?.("changed", service.arn);
  return { service: renderService(engine, service) };
}
