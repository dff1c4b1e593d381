import type { Ports, RuntimeTask } from "../ports.ts";
import type { Facts, Run } from "../steps/step.ts";

/** How many lines of a dead task are kept. */
export const lastLineCount = 50;

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
      return [task.arn, await ports.runtime.lastLines(run.placement, definition, task.arn, container, lastLineCount)] as const;
    }),
  );
  return Object.fromEntries(pairs);
}

/** Tasks whose lines tell what went wrong: those that died, else, when an alarm went off, those that it is about. */
function telling(run: Run, tasks: RuntimeTask[], isAlarmed: boolean): RuntimeTask[] {
  const dead = deadTasks(tasks, run.taskDefinitionArn);
  return dead.length > 0 || !isAlarmed ? dead : tasks.filter((task) => task.taskDefinitionArn === run.taskDefinitionArn);
}

/** What both the rollout and our own rollback look at: the service, its rollout, its tasks and why some died. */
export async function observeRollout(
  ports: Ports,
  run: Run,
  brings: { arn: string | null; taskDefinitionArn: string | null },
): Promise<Facts> {
  const { runtime } = ports;
  const service = await runtime.describeService(run.placement);
  if (!brings.taskDefinitionArn) return { service };
  const rollout = brings.arn
    ? await runtime.describeRollout(run.placement, brings.arn)
    : await runtime.findRollout(run.placement, brings.taskDefinitionArn);
  const tasks = await runtime.listTasks(run.placement);
  const triggered = rollout?.alarms?.triggered ?? [];
  const lines = await linesOf(ports, run, telling(run, tasks, triggered.length > 0));
  const alarms = triggered.length > 0 ? await runtime.alarms(run.placement, triggered) : [];
  return { service, rollout, tasks, lines, alarms };
}
