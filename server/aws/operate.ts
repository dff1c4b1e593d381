import { StopTaskCommand, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import type { Placement } from "../deployments/ports.ts";
import type { ClientSource } from "./clients.ts";
import { awsCall } from "./failure.ts";
import { placeName } from "./services.ts";

/** UpdateService with nothing but a desired count: ECS begins no deployment for it. */
export async function setDesiredCount(
  clients: ClientSource,
  placement: Placement,
  desiredCount: number,
): Promise<void> {
  const { ecs } = await clients.of(placement);
  const command = new UpdateServiceCommand({ cluster: placement.cluster, service: placement.ecsService, desiredCount });
  await awsCall({ operation: "ecs:UpdateService", resource: placeName(placement) }, (options) =>
    ecs.send(command, options),
  );
}

/** ECS stops the task in its own time, and its service starts another. */
export async function stopTask(
  clients: ClientSource,
  placement: Placement,
  { taskArn, reason }: { taskArn: string; reason: string },
): Promise<void> {
  const { ecs } = await clients.of(placement);
  const command = new StopTaskCommand({ cluster: placement.cluster, task: taskArn, reason });
  await awsCall({ operation: "ecs:StopTask", resource: `a task of ${placeName(placement)}` }, (options) =>
    ecs.send(command, options),
  );
}
