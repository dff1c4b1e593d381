import type { RunTaskCommandInput, RunTaskCommandOutput } from "@aws-sdk/client-ecs";
import { isDeepStrictEqual } from "node:util";
import { AwsError, type Caller, type World } from "../../../contract.ts";
import { engineOf, type Engine } from "../engine.ts";
import { invalid } from "../errors.ts";
import { requireActiveTaskDefinition, requireCluster } from "../lookup.ts";
import type { TaskDefinitionRecord } from "../records/task-definition.ts";
import { renderTask } from "../render/task.ts";
import { checkTags, setTags } from "../tags.ts";
import { createTask } from "../tasks/create.ts";
import { launchTypeOf } from "../validate-service.ts";
import type { Answer } from "../../answer.ts";

const MOST = 10;
const LONGEST_OVERRIDES = 8_192;
const LONGEST_TOKEN = 64;

/** Starts tasks of their own. The same `clientToken` again returns the tasks that it started the first time. */
export function runTask(world: World, input: RunTaskCommandInput, caller: Caller): Answer<RunTaskCommandOutput> {
  const engine = engineOf(world);
  const cluster = requireCluster(engine, caller, input.cluster);
  const { count = 1, clientToken, overrides, startedBy } = input;
  if (count < 1 || count > MOST) throw invalid(`Count must be between 1 and ${MOST}.`);
  if ((startedBy?.length ?? 0) > 128) throw invalid("startedBy cannot be longer than 128 characters.");
  if ((clientToken?.length ?? 0) > LONGEST_TOKEN)
    throw invalid(`clientToken cannot be longer than ${LONGEST_TOKEN} characters.`);
  if (JSON.stringify(overrides ?? {}).length > LONGEST_OVERRIDES)
    throw invalid(`Container Overrides length must be at most ${LONGEST_OVERRIDES}`);
  checkTags(input.tags);
  const definition = requireActiveTaskDefinition(engine, caller, input.taskDefinition);
  requireContainers(definition, input);
  const repeated = startedWith(engine, cluster.arn, input, definition);
  if (repeated.length > 0) {
    caller.record?.("none", repeated[0]?.arn);
    return { tasks: repeated.map(renderTask), failures: [] };
  }
  const tasks = Array.from({ length: count }, () =>
    createTask(engine, {
      clusterArn: cluster.arn,
      accountId: caller.accountId,
      region: caller.region,
      definition,
      group: input.group ?? `family:${definition.family}`,
      startedBy,
      clientToken,
      overrides,
      launchType: launchTypeOf(input.launchType),
      platformVersion: input.platformVersion ?? "LATEST",
      networkConfiguration: input.networkConfiguration,
      enableExecuteCommand: input.enableExecuteCommand ?? false,
    }),
  );
  for (const task of tasks) setTags(engine, task.arn, input.tags);
  caller.record?.("changed", tasks[0]?.arn);
  return { tasks: tasks.map(renderTask), failures: [] };
}

function requireContainers(
  { input: { containerDefinitions = [] } }: TaskDefinitionRecord,
  { overrides }: RunTaskCommandInput,
) {
  for (const { name } of overrides?.containerOverrides ?? []) {
    if (containerDefinitions.some((container) => container.name === name)) continue;
    throw invalid(`Override for container named ${name} is not a container in the TaskDefinition.`);
  }
}

function startedWith(engine: Engine, clusterArn: string, input: RunTaskCommandInput, definition: TaskDefinitionRecord) {
  if (input.clientToken === undefined) return [];
  const tasks = Object.values(engine.state.tasks).filter(
    (task) => task.clusterArn === clusterArn && task.clientToken === input.clientToken,
  );
  const isOther = tasks.some(
    (task) => task.taskDefinitionArn !== definition.arn || !isDeepStrictEqual(task.overrides, input.overrides),
  );
  if (isOther) {
    throw new AwsError("ConflictException", "The client token was used before, for a request with other parameters.");
  }
  return tasks;
}
