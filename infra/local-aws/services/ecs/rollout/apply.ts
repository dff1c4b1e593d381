import type { Engine } from "../engine.ts";
import type { ServiceRecord } from "../records/service.ts";
import type { Decision } from "../scheduler/view.ts";
import { createTask } from "../tasks/create.ts";
import { requestStop } from "../tasks/run.ts";
import { conclude } from "./conclude.ts";
import { noteEvent } from "./events.ts";
import { noteFailure } from "./failures.ts";

type Context = { engine: Engine; service: ServiceRecord; reasons: Map<string, string> };
type Of<Kind> = Extract<Decision, { kind: Kind }>;

/** Carries out what the scheduler decided. */
export function apply(context: Context, decisions: Decision[]): void {
  for (const decision of decisions) applyOne(context, decision);
  const stopped = decisions.filter((decision) => decision.kind === "stop" && decision.because === "scaling");
  const ids = stopped.map((stop) => `(task ${lastPart((stop as Of<"stop">).task)})`);
  if (ids.length > 0) {
    noteEvent(context.engine, context.service.arn, `has stopped ${ids.length} running tasks: ${ids.join(" ")}.`);
  }
  context.engine.state.save("services", "deployments");
}

function applyOne({ engine, service, reasons }: Context, decision: Decision): void {
  const [primary] = service.deployments;
  if (!primary) return;
  switch (decision.kind) {
    case "start":
      return start(engine, service, decision);
    case "stop":
      return decision.because === "unhealthy"
        ? replace(engine, service, decision.task, reasons.get(decision.task) ?? "")
        : stopSurplus(engine, decision.task, primary.id);
    case "forget":
      service.deployments = service.deployments.filter(({ id }) => id !== decision.deployment);
      return;
    case "bake":
    case "complete":
    case "fail":
    case "roll-back":
      return conclude({ engine, service, primary }, decision);
  }
}

function start(engine: Engine, service: ServiceRecord, { deployment: id, count }: Of<"start">): void {
  const deployment = service.deployments.find((one) => one.id === id);
  if (!deployment) return;
  const tasks = Array.from({ length: count }, () => startTask(engine, service, deployment));
  const ids = tasks.map((task) => `(task ${task.id})`).join(" ");
  noteEvent(engine, service.arn, `has started ${count} tasks: ${ids}.`);
}

/** One more task of a deployment, with what its revision says. */
export function startTask(engine: Engine, service: ServiceRecord, deployment: ServiceRecord["deployments"][number]) {
  const definition = engine.state.definitions[deployment.taskDefinitionArn];
  const revision = engine.state.revisions[deployment.revisionArn];
  if (!definition || !revision) throw new Error(`deployment ${deployment.id} has lost its revision`);
  const { clusterArn, accountId, region, launchType, platformVersion, enableExecuteCommand } = service;
  return createTask(engine, {
    clusterArn,
    accountId,
    region,
    launchType,
    platformVersion,
    enableExecuteCommand,
    definition,
    group: `service:${service.name}`,
    startedBy: deployment.id,
    serviceArn: service.arn,
    networkConfiguration: revision.networkConfiguration,
    targets: revision.loadBalancers.map(({ targetGroupArn = "", containerName = "", containerPort = 0 }) => {
      return { targetGroupArn, containerName, containerPort };
    }),
  });
}

function stopSurplus(engine: Engine, taskArn: string, primaryId: string): void {
  const task = engine.state.tasks[taskArn];
  const reason = `Scaling activity initiated by (deployment ${primaryId})`;
  if (task) requestStop(engine, task, { code: "ServiceSchedulerInitiated", reason });
}

function replace(engine: Engine, service: ServiceRecord, taskArn: string, reason: string): void {
  const task = engine.state.tasks[taskArn];
  if (!task) return;
  for (const { targetGroupArn, containerName } of task.targets) {
    const { state, description } = engine.world.elb.health(targetGroupArn, task.address);
    if (state !== "unhealthy") continue;
    const port = task.containers.find(({ name }) => name === containerName)?.hostPort;
    const cause = description ? ` due to (reason ${description})` : "";
    noteEvent(
      engine,
      service.arn,
      `(task ${task.id}) (port ${port}) is unhealthy in (target-group ${targetGroupArn})${cause}`,
    );
  }
  if (requestStop(engine, task, { code: "ServiceSchedulerInitiated", reason })) noteFailure(engine, task);
}

const lastPart = (text: string): string => text.slice(text.lastIndexOf("/") + 1);
