import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import { client } from "./errors.ts";

/** Refuses container definitions that AWS refuses, as far as anything here depends on them. */
export function validateContainers(
  containers: ContainerDefinition[] | undefined,
  taskMemory: string | undefined,
): void {
  if (!containers?.length)
    throw client("TaskDefinition is invalid: Container.containerDefinitions should not be empty.");
  const names = containers.map(({ name }) => name);
  for (const container of containers) validateContainer(container, taskMemory);
  if (new Set(names).size < names.length) throw client("Container names should be unique.");
  if (!containers.some(({ essential }) => essential !== false)) {
    throw client("At least one container must be essential in a task definition.");
  }
}

function validateContainer(
  { name, image, memory, memoryReservation, ...container }: ContainerDefinition,
  task?: string,
) {
  if (!name || !/^[A-Za-z0-9_-]{1,255}$/.test(name)) throw client("Container.name contains invalid characters.");
  if (!image) throw client("Container.image should not be null or empty.");
  if (task === undefined && memory === undefined && memoryReservation === undefined) {
    const message = "Invalid setting for container";
    throw client(`${message} '${name}'. At least one of 'memory' or 'memoryReservation' must be specified.`);
  }
  for (const { name: variable, valueFrom } of container.secrets ?? []) {
    if (!variable || !valueFrom) throw client("Secret.name and Secret.valueFrom should not be null or empty.");
  }
  const [form] = container.healthCheck?.command ?? ["CMD"];
  if (form !== "CMD" && form !== "CMD-SHELL" && form !== "NONE") {
    throw client("The health check command must begin with CMD, CMD-SHELL or NONE.");
  }
}
