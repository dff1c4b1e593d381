import { DescribeTasksCommand, ListTasksCommand, type Container, type Task } from "@aws-sdk/client-ecs";
import { RuntimeFailure, type Placement, type RuntimeTask, type TaskDefinition } from "../deployments/ports.ts";
import { allPages } from "./batches.ts";
import type { ClientSource } from "./clients.ts";
import { awsCall } from "./failure.ts";
import { gather } from "./gather.ts";
import { placeName } from "./services.ts";

/** DescribeTasks takes a hundred, and a page of ListTasks has as many. */
const batchSize = 100;
const maxPages = 10;

/**
 * How telling an ended container is; ECS does not say which ended first. The others are killed after it, and then
 * exit with 143 (SIGTERM), 137 (SIGKILL) or, when they listen to SIGTERM, 0.
 */
function weight({ exitCode, reason }: Container): number {
  if (/OutOfMemory/i.test(reason ?? "")) return 6;
  if (exitCode === undefined) return reason ? 5 : 0;
  if (exitCode === 137) return 3;
  if (exitCode === 0) return 2;
  return exitCode === 143 ? 1 : 4;
}

function culprit(task: Task, definition: TaskDefinition | undefined): Container | undefined {
  const containers = task.containers ?? [];
  const sidecars = new Set(
    definition?.containerDefinitions.filter((one) => one.essential === false).map((one) => one.name),
  );
  const essential = containers.filter((one) => !sidecars.has(one.name ?? ""));
  return (essential.length > 0 ? essential : containers).toSorted((a, b) => weight(b) - weight(a))[0];
}

/** An ECS task in the product's words. The definition tells which containers are essential. */
export function toTask(task: Task, definition: TaskDefinition | undefined): RuntimeTask {
  const container = culprit(task, definition);
  return {
    arn: task.taskArn ?? "",
    taskDefinitionArn: task.taskDefinitionArn ?? "",
    startedBy: task.startedBy ?? null,
    lastStatus: task.lastStatus ?? "UNKNOWN",
    desiredStatus: task.desiredStatus ?? "UNKNOWN",
    healthStatus: task.healthStatus ?? "UNKNOWN",
    stopCode: task.stopCode ?? null,
    stoppedReason: task.stoppedReason ?? null,
    exitCode: container?.exitCode ?? null,
    containerReason: container?.reason ?? null,
    containerName: container?.name ?? null,
    createdAt: task.createdAt ?? null,
    startedAt: task.startedAt ?? null,
    stoppedAt: task.stoppedAt ?? null,
  };
}

type Recall = (placement: Placement, arn: string) => Promise<{ definition: TaskDefinition }>;

/** Reads a service's running tasks, and stopped ones as long as ECS remembers them. `recall` reads task definitions. */
export function taskReads(clients: ClientSource, recall: Recall): (placement: Placement) => Promise<RuntimeTask[]> {
  const operation = "ecs:DescribeTasks";
  /** A task that ended so long ago that ECS forgot it between two calls is null. */
  const describe = gather<Task | null>({
    most: batchSize,
    async read(place, arns) {
      const { ecs } = await clients.of(place);
      const command = new DescribeTasksCommand({ cluster: place.cluster, tasks: [...arns] });
      const { tasks = [] } = await awsCall({ operation, resource: `tasks of ${place.cluster}` }, (options) =>
        ecs.send(command, options),
      );
      return (arn) => tasks.find((one) => one.taskArn === arn) ?? null;
    },
  });

  /** ARNs of the tasks; the same service asked for twice at once is listed once. */
  const list = gather<string[]>({
    most: 1,
    async read(place, [ecsService = ""]) {
      const { ecs } = await clients.of(place);
      const target = { operation: "ecs:ListTasks", resource: `the tasks of ${placeName({ ...place, ecsService })}` };
      const pages = (desiredStatus: "RUNNING" | "STOPPED"): Promise<string[]> =>
        allPages(async (nextToken) => {
          const query = {
            cluster: place.cluster,
            serviceName: ecsService,
            desiredStatus,
            maxResults: batchSize,
            nextToken,
          };
          const page = await awsCall(target, (options) => ecs.send(new ListTasksCommand(query), options));
          return { items: page.taskArns, next: page.nextToken };
        }, maxPages);
      const arns = [...new Set((await Promise.all([pages("RUNNING"), pages("STOPPED")])).flat())];
      return () => arns;
    },
  });

  return async (placement) => {
    const arns = await list(placement, placement.ecsService);
    const tasks = (await Promise.all(arns.map((arn) => describe(placement, arn)))).filter((task) => task !== null);
    const definitions = await definitionsOf(recall, placement, tasks);
    return tasks.map((task) => toTask(task, definitions.get(task.taskDefinitionArn ?? "")));
  };
}

async function definitionsOf(
  recall: Recall,
  placement: Placement,
  tasks: Task[],
): Promise<Map<string, TaskDefinition>> {
  const several = tasks.filter((task) => (task.containers?.length ?? 0) > 1);
  const arns = [...new Set(several.map((task) => task.taskDefinitionArn ?? ""))];
  const found = new Map<string, TaskDefinition>();
  await Promise.all(
    arns.map(async (arn) => {
      try {
        found.set(arn, (await recall(placement, arn)).definition);
      } catch (error) {
        // A deleted task definition only costs knowing which containers were essential.
        if (!(error instanceof RuntimeFailure) || error.kind !== "not_found") throw error;
      }
    }),
  );
  return found;
}
