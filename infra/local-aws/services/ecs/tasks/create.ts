import type { ContainerDefinition, NetworkConfiguration, TaskOverride } from "@aws-sdk/client-ecs";
import { arn } from "../../place.ts";
import type { Engine } from "../engine.ts";
import { hexId } from "../ids.ts";
import type { TaskDefinitionRecord } from "../records/task-definition.ts";
import type { ContainerRecord, TaskRecord } from "../records/task.ts";
import { beginTask } from "./live.ts";

export type NewTask = {
  clusterArn: string;
  accountId: string;
  region: string;
  definition: TaskDefinitionRecord;
  group: string;
  startedBy?: string | undefined;
  clientToken?: string | undefined;
  serviceArn?: string;
  targets?: TaskRecord["targets"];
  overrides?: TaskOverride | undefined;
  launchType: TaskRecord["launchType"];
  platformVersion: string;
  networkConfiguration?: NetworkConfiguration | undefined;
  enableExecuteCommand: boolean;
};

/** Records a task and sets it going. */
export function createTask(engine: Engine, asked: NewTask): TaskRecord {
  const {
    definition,
    startedBy,
    clientToken,
    serviceArn,
    overrides,
    networkConfiguration,
    targets = [],
    ...rest
  } = asked;
  const id = hexId();
  const clusterName = asked.clusterArn.split("/").at(-1);
  const task: TaskRecord = {
    ...rest,
    ...(startedBy !== undefined && { startedBy }),
    ...(clientToken !== undefined && { clientToken }),
    ...(serviceArn !== undefined && { serviceArn }),
    ...(overrides !== undefined && { overrides }),
    ...(networkConfiguration !== undefined && { networkConfiguration }),
    arn: arn("ecs", asked, `task/${clusterName}/${id}`),
    id,
    taskDefinitionArn: definition.arn,
    family: definition.family,
    targets,
    hasOwnNetwork: definition.input.networkMode === "awsvpc",
    lastStatus: "PROVISIONING",
    desiredStatus: "RUNNING",
    version: 1,
    createdAt: engine.world.clock.now(),
    wasHealthy: false,
    containers: (definition.input.containerDefinitions ?? []).map((container): ContainerRecord => {
      const port = container.portMappings?.[0]?.containerPort;
      return {
        arn: arn("ecs", asked, `container/${clusterName}/${id}/${hexId()}`),
        name: container.name ?? "",
        image: container.image ?? "",
        isEssential: container.essential ?? true,
        lastStatus: "PENDING",
        ...(container.healthCheck && { healthStatus: "UNKNOWN" as const }),
        ...(port !== undefined && { containerPort: port }),
      };
    }),
    address: freeAddress(engine),
    cpu: overrides?.cpu ?? definition.input.cpu ?? total(definition, ({ cpu }) => cpu),
    memory: overrides?.memory ?? definition.input.memory ?? total(definition, memoryOf),
  };
  engine.state.tasks[task.arn] = task;
  engine.state.save("tasks");
  beginTask(engine, task);
  return task;
}

const memoryOf = ({ memory, memoryReservation }: ContainerDefinition) => memory ?? memoryReservation;

/** What the containers ask for together, when the task itself names no size. */
function total({ input }: TaskDefinitionRecord, of: (container: ContainerDefinition) => number | undefined): string {
  return String((input.containerDefinitions ?? []).reduce((sum, container) => sum + (of(container) ?? 0), 0));
}

let lastAddress = Math.floor(Math.random() * 60_000);

/** An address of 10.0.0.0/16 that no task has which has not stopped. */
function freeAddress({ state }: Engine): string {
  const inUse = new Set(
    Object.values(state.tasks)
      .filter(({ lastStatus }) => lastStatus !== "STOPPED")
      .map(({ address }) => address),
  );
  for (;;) {
    lastAddress = (lastAddress + 1) % 65_000;
    // The first addresses of a subnet belong to AWS.
    const number = lastAddress + 256;
    const address = `10.0.${number >> 8}.${number & 255}`;
    if (!inUse.has(address)) return address;
  }
}
