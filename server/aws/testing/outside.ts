import {
  DeleteServiceCommand,
  DeregisterTaskDefinitionCommand,
  RegisterTaskDefinitionCommand,
  StopServiceDeploymentCommand,
  UpdateServiceCommand,
  type UpdateServiceCommandInput,
} from "@aws-sdk/client-ecs";
import type { Placement, TaskDefinition } from "../../deployments/ports.ts";
import type { Clients } from "../clients.ts";

// What people and other tools do to a service past the portal.

/** Registers a task definition; answers its ARN. */
export async function registerOutside({ ecs }: Clients, definition: TaskDefinition): Promise<string> {
  // The shape is AWS's own; the port only names the fields that rules look at.
  const { taskDefinition } = await ecs.send(new RegisterTaskDefinitionCommand(definition as never));
  return taskDefinition?.taskDefinitionArn ?? "";
}

/** UpdateService with these fields alone. */
export async function updateOutside(
  { ecs }: Clients,
  placement: Placement,
  input: Pick<UpdateServiceCommandInput, "taskDefinition" | "desiredCount" | "deploymentConfiguration">,
): Promise<void> {
  await ecs.send(new UpdateServiceCommand({ cluster: placement.cluster, service: placement.ecsService, ...input }));
}

/** Stops a rollout, which ECS then undoes. */
export async function stopOutside({ ecs }: Clients, serviceDeploymentArn: string): Promise<void> {
  await ecs.send(new StopServiceDeploymentCommand({ serviceDeploymentArn, stopType: "ROLLBACK" }));
}

/** Deletes a service, whatever runs of it. */
export async function deleteOutside({ ecs }: Clients, { cluster, ecsService: service }: Placement): Promise<void> {
  await ecs.send(new DeleteServiceCommand({ cluster, service, force: true }));
}

/** Takes a task definition out of use. */
export async function deregisterOutside({ ecs }: Clients, taskDefinition: string): Promise<void> {
  await ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition }));
}
