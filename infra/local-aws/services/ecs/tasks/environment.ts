import path from "node:path";
import type { Image } from "../../../contract.ts";
import type { Engine } from "../engine.ts";
import type { TaskRecord } from "../records/task.ts";
import type { ContainerPlan } from "./plan.ts";

/**
 * What a container's process sees: what Fargate sets, the image's variables, the task definition's, the call's, the
 * secrets. Nothing of our own environment but where programs and temporary files are.
 */
export function environmentOf(
  engine: Engine,
  task: TaskRecord,
  { record, definition, override, secrets }: ContainerPlan,
  image: Image,
): Record<string, string> {
  return {
    ...hostEnvironment(),
    ...platformEnvironment(engine, task),
    ...image.environment,
    ...pairs(definition.environment),
    ...pairs(override?.environment),
    ...secrets,
    // There is no network namespace here: two tasks cannot both listen on the container port.
    ...(record.hostPort !== undefined && { PORT: String(record.hostPort) }),
  };
}

function hostEnvironment(): Record<string, string> {
  const { PATH = "", TMPDIR } = process.env;
  const programs = [path.dirname(process.execPath), PATH].join(path.delimiter);
  return { PATH: programs, ...(TMPDIR !== undefined && { TMPDIR }) };
}

function platformEnvironment({ world, state }: Engine, task: TaskRecord): Record<string, string> {
  const definition = state.definitions[task.taskDefinitionArn];
  const { host, port } = world.options;
  return {
    AWS_EXECUTION_ENV: "AWS_ECS_FARGATE",
    AWS_REGION: task.region,
    AWS_DEFAULT_REGION: task.region,
    // These two stand for the credentials of the task role.
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    ...(port > 0 && { AWS_ENDPOINT_URL: `http://${host}:${port}` }),
    ECS_CLUSTER: task.clusterArn.split("/").at(-1) ?? "",
    ECS_TASK_ARN: task.arn,
    ECS_TASK_FAMILY: task.family,
    ECS_TASK_REVISION: String(definition?.revision ?? ""),
    TIME_SCALE: String(world.clock.scale),
  };
}

function pairs(list: { name?: string | undefined; value?: string | undefined }[] = []): Record<string, string> {
  return Object.fromEntries(list.map(({ name = "", value = "" }) => [name, value]));
}
