import { RegisterTaskDefinitionCommand, StopServiceDeploymentCommand, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import type { Placement, TaskDefinition } from "../../deployments/ports.ts";
import type { Clients } from "../clients.ts";

/** What people and other tools do to a service past the portal. */
export async function registerOutside({ ecs }: Clients, definition: TaskDefinition): Promise<string> {
  // The shape is AWS's own; the port only names the fields that rules look at.
  const { taskDefinition } = await ecs.send(new RegisterTaskDefinitionCommand(definition as never));
  return taskDefinition?.taskDefinitionArn ?? "";
}

export async function updateOutside(
  { ecs }: Clients,
  placement: Placement,
  input: { taskDefinition?: string; desiredCount?: number },
): Promise<void> {
  await ecs.send(new UpdateServiceCommand({ cluster: placement.cluster, service: placement.ecsService, ...input }));
}

export async function stopOutside({ ecs }: Clients, serviceDeploymentArn: string): Promise<void> {
  await ecs.send(new StopServiceDeploymentCommand({ serviceDeploymentArn, stopType: "ROLLBACK" }));
}
