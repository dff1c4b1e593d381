import { RuntimeFailure, type Ports, type Rollout, type RuntimeTask } from "../ports.ts";
import type { Facts, Run } from "../steps/step.ts";
import type { Look } from "./looks.ts";

/** How many lines of a dead task are kept. */
const lastLineCount = 50;

/** Stops that are nobody's fault: scaling, draining, or a person. */
const normalStops = new Set(["ServiceSchedulerInitiated", "UserInitiated"]);

/** Whether a stopped task failed, as opposed to being scaled in or replaced. */
export function died(task: RuntimeTask): boolean {
  if (task.lastStatus !== "STOPPED" && task.desiredStatus !== "STOPPED") return false;
  if (task.stopCode === null) return false;
  // Whatever a person gave as the reason.
  if (task.stopCode === "UserInitiated") return false;
  if (/failed (elb|container) health checks|health check/i.test(task.stoppedReason ?? "")) return true;
  return !normalStops.has(task.stopCode) && !["SpotInterruption", "TerminationNotice"].includes(task.stopCode);
}

/** Tasks of the given task definition that failed, newest first. */
export function deadTasks(tasks: RuntimeTask[], taskDefinitionArn: string | null): RuntimeTask[] {
  return tasks
    .filter((task) => task.taskDefinitionArn === taskDefinitionArn && died(task))
    .toSorted((a, b) => (b.stoppedAt?.getTime() ?? 0) - (a.stoppedAt?.getTime() ?? 0));
}

/** Last lines of these tasks, newest first; two are enough to see a pattern. */
export async function linesOf(ports: Ports, run: Run, tasks: RuntimeTask[]): Promise<Record<string, string[]>> {
  const definition = run.taskDefinition;
  if (!definition) return {};
  const pairs = await Promise.all(
    tasks.slice(0, 2).map(async (task) => {
      const container = task.containerName ?? definition.containerDefinitions[0]?.name ?? "";
      return [
        task.arn,
        await ports.runtime.lastLines(run.placement, definition, task.arn, container, lastLineCount),
      ] as const;
    }),
  );
  return Object.fromEntries(pairs);
}

/** Tasks whose lines tell what went wrong: those that died, else, when an alarm went off, those that it is about. */
function telling(run: Run, tasks: RuntimeTask[], isAlarmed: boolean): RuntimeTask[] {
  const dead = deadTasks(tasks, run.taskDefinitionArn);
  return dead.length > 0 || !isAlarmed
    ? dead
    : tasks.filter((task) => task.taskDefinitionArn === run.taskDefinitionArn);
}

const moving: readonly Rollout["status"][] = [
  "pending",
  "in_progress",
  "stop_requested",
  "rollback_requested",
  "rollback_in_progress",
];

/** ECS gave up and found nothing to return to: it then leaves the rollout as it is for ever. */
function isStalled(rollout: Rollout): boolean {
  const gaveUp = rollout.circuitBreaker?.status === "TRIGGERED" || rollout.alarms?.status === "TRIGGERED";
  return rollout.status === "stop_requested" && gaveUp;
}

/** Whether ECS is still at it, so that there is nothing to judge yet. */
export function isUnderWay(rollout: Rollout): boolean {
  return moving.includes(rollout.status) && !isStalled(rollout);
}

/** The tasks, as they are or, when this look must save calls and nothing hangs on it, as they were listed last. */
export async function tasksSeen(
  ports: Ports,
  run: Run,
  look: Look,
  must: boolean,
): Promise<Pick<Facts, "tasks" | "areTasksOld">> {
  const known = look.known();
  if (!look.mayList() && !must) return known ? { tasks: known, areTasksOld: true } : {};
  const tasks = await ports.runtime.listTasks(run.placement);
  look.keep(tasks);
  return { tasks };
}

/** What changes in a rollout when its service and tasks do. */
function shapeOf({ status, lifecycleStage, to, from, circuitBreaker, alarms }: Rollout): string {
  return JSON.stringify([status, lifecycleStage, to, from, circuitBreaker, alarms]);
}

/** A rollout that was seen before; undefined when ECS has forgotten it meanwhile, as it does after a while. */
async function remembered({ runtime }: Ports, { placement }: Run, arn: string): Promise<Rollout | undefined> {
  try {
    return await runtime.describeRollout(placement, arn);
  } catch (error) {
    if (error instanceof RuntimeFailure && error.kind === "not_found") return undefined;
    throw error;
  }
}

/**
 * Before UpdateService. Nothing of ours is there to be seen yet: the reads that will follow the rollout are tried all the
 * same, because a role that lacks one of them is found out while nothing has changed.
 */
export async function observeBefore({ runtime }: Ports, run: Run, look: Look): Promise<Facts> {
  const { placement, taskDefinitionArn } = run;
  const [service] = await Promise.all([
    runtime.describeService(placement),
    taskDefinitionArn ? runtime.findRollout(placement, taskDefinitionArn) : undefined,
    taskDefinitionArn && look.mayList() ? runtime.listTasks(placement) : undefined,
  ]);
  return { service };
}

/** What both the rollout and our own rollback look at: the service, its rollout, its tasks and why some died. */
export async function observeRollout(
  ports: Ports,
  run: Run,
  look: Look,
  brings: { arn: string | null; taskDefinitionArn: string | null },
): Promise<Facts> {
  const { runtime } = ports;
  if (!brings.taskDefinitionArn) return { service: await runtime.describeService(run.placement) };
  // A person waits for it to be stopped, which nothing but these two could change.
  const isAsked = run.request !== null && run.status !== "rolling_back" && brings.arn !== null;
  const [known, now] = await Promise.all([
    brings.arn ? remembered(ports, run, brings.arn) : undefined,
    isAsked ? runtime.describeService(run.placement) : undefined,
  ]);
  if (now && (known?.status === "pending" || known?.status === "in_progress")) return { service: now, rollout: known };
  const isOver = known !== undefined && !isUnderWay(known);
  const isTurn = look.isTurn();
  const isDue = known === undefined || look.hasChanged(shapeOf(known)) || isTurn;
  const seen = await tasksSeen(ports, run, look, isOver);
  const isFresh = seen.tasks !== undefined && !seen.areTasksOld;
  // Nothing is judged by the service while ECS is at it: its counts and events can wait for their turn.
  if (!isOver && !isDue && !isFresh) return { rollout: known, ...seen };
  const service = await runtime.describeService(run.placement);
  const rollout = known ?? (await runtime.findRollout(run.placement, brings.taskDefinitionArn));
  const triggered = rollout?.alarms?.triggered ?? [];
  const lines = await linesOf(ports, run, telling(run, seen.tasks ?? [], triggered.length > 0));
  const alarms = triggered.length > 0 ? await runtime.alarms(run.placement, triggered) : [];
  return { service, rollout, isForgotten: brings.arn !== null && !rollout, ...seen, lines, alarms };
}
