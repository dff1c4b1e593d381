import type { StopServiceDeploymentCommandInput, StopServiceDeploymentCommandOutput } from "@aws-sdk/client-ecs";
import { AwsError, type Caller, type World } from "../../../contract.ts";
import { isOwn } from "../../place.ts";
import { engineOf } from "../engine.ts";
import { invalid } from "../errors.ts";
import { isOver } from "../records/service-deployment.ts";
import type { Answer } from "../../answer.ts";

/** Asks for a rollback. A deployment that goes back or stops already just goes on; one that is over is a conflict. */
export function stopServiceDeployment(
  world: World,
  { serviceDeploymentArn: arn = "", stopType = "ROLLBACK" }: StopServiceDeploymentCommandInput,
  caller: Caller,
): Answer<StopServiceDeploymentCommandOutput> {
  if (stopType !== "ROLLBACK") throw invalid(`Invalid stopType: ${stopType}. Valid values: ROLLBACK`);
  const engine = engineOf(world);
  const deployment = isOwn(caller, arn) ? engine.state.deployments[arn] : undefined;
  if (!deployment) throw new AwsError("ServiceDeploymentNotFoundException", "Service deployment not found.");
  if (isOver(deployment)) {
    const message = `The service deployment cannot be stopped because its status is ${deployment.status}.`;
    throw new AwsError("ConflictException", message);
  }
  const isNew = deployment.status === "PENDING" || deployment.status === "IN_PROGRESS";
  if (isNew) {
    Object.assign(deployment, { status: "ROLLBACK_REQUESTED", updatedAt: world.clock.now() });
    deployment.startedAt ??= world.clock.now();
    engine.state.save("deployments");
    engine.wake(deployment.serviceArn);
  }
  caller.record?.(isNew ? "changed" : "none", arn);
  return { serviceDeploymentArn: arn };
}
