import path from "node:path";
import type { ContainerDefinition, ContainerOverride } from "@aws-sdk/client-ecs";
import type { Image } from "../../../contract.ts";
import type { HealthCheck } from "../../../runtime/health-check.ts";
import type { Program } from "../../../runtime/process.ts";
import type { Engine } from "../engine.ts";
import type { ContainerRecord, TaskRecord } from "../records/task.ts";
import { environmentOf } from "./environment.ts";
import { cannotPull, logGroupMissing, secretsMissing } from "./start-failure.ts";

export type LogDestination = { region: string; group: string; stream: string };

/** What has been found out before a container starts. */
export type ContainerPlan = {
  record: ContainerRecord;
  definition: ContainerDefinition;
  override: ContainerOverride | undefined;
  secrets: Record<string, string>;
  log: LogDestination | undefined;
  /** Set when the container starts. */
  program?: Program;
};

/** Resolves secrets and log groups, as the agent does before it pulls an image. Throws StartFailure. */
export function planContainers(engine: Engine, task: TaskRecord): ContainerPlan[] {
  const definitions = engine.state.definitions[task.taskDefinitionArn]?.input.containerDefinitions ?? [];
  return task.containers.map((record) => {
    const definition = definitions.find(({ name }) => name === record.name) ?? {};
    return {
      record,
      definition,
      override: task.overrides?.containerOverrides?.find(({ name }) => name === record.name),
      secrets: resolveSecrets(engine, task, definition),
      log: logDestination(engine, task, definition),
    };
  });
}

function resolveSecrets(engine: Engine, task: TaskRecord, { secrets = [] }: ContainerDefinition) {
  const resolved: Record<string, string> = {};
  for (const { name, valueFrom } of secrets) {
    try {
      resolved[name ?? ""] = engine.world.secrets.resolve(valueFrom ?? "", task);
    } catch (error) {
      throw secretsMissing(error instanceof Error ? error.message : String(error));
    }
  }
  return resolved;
}

function logDestination(engine: Engine, task: TaskRecord, definition: ContainerDefinition): LogDestination | undefined {
  const { logDriver, options } = definition.logConfiguration ?? {};
  const group = options?.["awslogs-group"];
  if (logDriver !== "awslogs" || !group) return undefined;
  const region = options["awslogs-region"] ?? task.region;
  if (!engine.world.logs.groupExists({ accountId: task.accountId, region }, group)) throw logGroupMissing(group);
  const prefix = options["awslogs-stream-prefix"];
  return { region, group, stream: prefix ? `${prefix}/${definition.name}/${task.id}` : task.id };
}

/** Looks the image up, which is what pulling comes to here. Throws StartFailure. */
export function pull(engine: Engine, image: string): Image {
  const found = engine.world.registry.find(image);
  if (!found || found.pullFails) throw cannotPull(image);
  return found;
}

/**
 * The process that stands for a container. A command that begins with `node` replaces the image's own, any other is
 * handed to the image's program as arguments: Docker's CMD with and without an ENTRYPOINT.
 */
export function programOf(engine: Engine, task: TaskRecord, plan: ContainerPlan, image: Image): Program {
  const own = path.resolve(engine.world.options.root, image.program);
  const cwd = path.dirname(own);
  const environment = environmentOf(engine, task, plan, image);
  const [first, ...rest] = plan.override?.command ?? plan.definition.command ?? [];
  const [file, ...args] = first === "node" ? rest : [];
  if (file !== undefined) return { file: path.resolve(cwd, file), args, cwd, environment };
  return { file: own, args: first === undefined ? [] : [first, ...rest], cwd, environment };
}

const SECOND_MS = 1_000;
// Starting a process is not faster in scaled time, so these never shrink below what a loaded machine needs.
const LEAST_INTERVAL_MS = 500;
const LEAST_TIMEOUT_MS = 3_000;
const LEAST_STOP_TIMEOUT_MS = 2_000;
const DEFAULT_STOP_TIMEOUT_S = 30;

/** The container's health check in real time, with ECS's defaults. */
export function healthCheckOf(engine: Engine, { healthCheck }: ContainerDefinition): HealthCheck | undefined {
  if (!healthCheck?.command?.length) return undefined;
  const real = (seconds: number) => engine.world.clock.real(seconds * SECOND_MS);
  return {
    command: healthCheck.command,
    intervalMs: Math.max(real(healthCheck.interval ?? 30), LEAST_INTERVAL_MS),
    timeoutMs: Math.max(real(healthCheck.timeout ?? 5), LEAST_TIMEOUT_MS),
    retries: healthCheck.retries ?? 3,
    startPeriodMs: real(healthCheck.startPeriod ?? 0),
  };
}

/** Real milliseconds between SIGTERM and SIGKILL. */
export function stopTimeoutOf(engine: Engine, { stopTimeout }: ContainerDefinition): number {
  const realMs = engine.world.clock.real((stopTimeout ?? DEFAULT_STOP_TIMEOUT_S) * SECOND_MS);
  return Math.max(realMs, LEAST_STOP_TIMEOUT_MS);
}
