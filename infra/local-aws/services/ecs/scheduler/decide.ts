import { isHealthy, isLive, isSteady, judge } from "./judge.ts";
import { maximumTasks, minimumHealthy } from "./limits.ts";
import type { Decision, DeploymentView, ServiceView, TaskView } from "./view.ts";

/**
 * What the ECS service scheduler does next for a rolling service. Pure: apply the decisions and ask again until
 * none is left. A verdict on the deployment comes alone, because it changes what the rest would be.
 */
export function decide(view: ServiceView, now: number): Decision[] {
  const verdict = judge(view, now);
  if (verdict) return [verdict];
  const stops = decideStops(view);
  const stopped = new Set(stops.map((stop) => stop.task));
  const starts = decideStarts(view, stopped, now);
  const forgotten = view.older
    .filter(({ tasks }) => tasks.length === 0 && view.primary.rollout !== "FAILED")
    .map(({ id }): Decision => ({ kind: "forget", deployment: id }));
  const decisions: Decision[] = [...stops, ...starts, ...forgotten];
  if (decisions.length === 0) decisions.push(...remark(view, now));
  return decisions;
}

type Stop = Extract<Decision, { kind: "stop" }>;

function decideStops(view: ServiceView): Stop[] {
  const all = [view.primary, ...view.older];
  const stops: Stop[] = all
    .flatMap(({ tasks }) => tasks)
    .filter((task) => isLive(task) && task.health === "unhealthy")
    .map((task) => ({ kind: "stop", task: task.id, because: "unhealthy" }));
  for (const task of surplus(view)) stops.push({ kind: "stop", task: task.id, because: "scaling" });
  return stops;
}

/** Tasks that are not wanted any more, and whose end leaves the service at its minimum of healthy ones. */
function surplus(view: ServiceView): TaskView[] {
  const minimum = minimumHealthy(view.desired, view.minimumHealthyPercent);
  const sound = (deployment: DeploymentView) =>
    deployment.tasks.filter((task) => isLive(task) && task.health !== "unhealthy");
  const primary = sound(view.primary);
  const older = view.primary.rollout === "FAILED" ? [] : view.older;
  let healthy = [view.primary, ...view.older].flatMap(({ tasks }) => tasks).filter(isHealthy).length;
  // What could still carry the load when the new tasks come to nothing: matters after a restart of everything.
  let hopeful = primary.filter(isHealthy).length + older.flatMap(sound).length;
  const chosen: TaskView[] = [];
  const offer = (tasks: TaskView[], isSpare: (task: TaskView) => boolean) => {
    for (const task of tasks) {
      if (!isSpare(task)) continue;
      chosen.push(task);
      if (isHealthy(task)) healthy -= 1;
      hopeful -= 1;
    }
  };
  for (const deployment of older) {
    const known = deployment.rollout === "COMPLETED";
    offer(leastUsefulFirst(sound(deployment)), (task) =>
      isHealthy(task) ? healthy > minimum : !known || hopeful > minimum,
    );
  }
  let excess = primary.length - view.desired;
  offer(leastUsefulFirst(primary), () => excess-- > 0);
  return chosen;
}

/** Not yet healthy before healthy; among equals the youngest first. */
function leastUsefulFirst(tasks: TaskView[]): TaskView[] {
  return tasks.toReversed().sort((a, b) => Number(isHealthy(a)) - Number(isHealthy(b)));
}

function decideStarts(view: ServiceView, stopped: Set<string>, now: number): Decision[] {
  const starter = startingDeployment(view);
  if (!starter || (starter.retryAt !== undefined && now < starter.retryAt)) return [];
  const count = Math.min(missing(view, starter, stopped), room(view, stopped));
  return count > 0 ? [{ kind: "start", deployment: starter.id, count }] : [];
}

/** A FAILED deployment starts nothing more; what last worked then keeps the service at its desired count. */
function startingDeployment({ primary, older }: ServiceView): DeploymentView | undefined {
  return primary.rollout === "FAILED" ? older.find(({ rollout }) => rollout === "COMPLETED") : primary;
}

function missing(view: ServiceView, starter: DeploymentView, stopped: Set<string>): number {
  const counted = starter === view.primary ? [starter] : [view.primary, ...view.older];
  return view.desired - liveAfter(counted, stopped);
}

function room(view: ServiceView, stopped: Set<string>): number {
  return maximumTasks(view.desired, view.maximumPercent) - liveAfter([view.primary, ...view.older], stopped);
}

function liveAfter(deployments: DeploymentView[], stopped: Set<string>): number {
  return deployments.flatMap(({ tasks }) => tasks).filter((task) => isLive(task) && !stopped.has(task.id)).length;
}

/** Nothing to do: because all is well, or because the percentages allow neither a stop nor a start. */
function remark(view: ServiceView, now: number): Decision[] {
  if (isSteady(view)) return view.primary.rollout === "COMPLETED" ? [{ kind: "event", event: "steady" }] : [];
  const { primary, older } = view;
  if (primary.rollout === "FAILED" || (primary.retryAt !== undefined && now < primary.retryAt)) return [];
  const live = [primary, ...older].flatMap(({ tasks }) => tasks).filter(isLive);
  const waiting = live.some((task) => !isHealthy(task));
  const isStuck = !waiting && missing(view, primary, new Set()) > 0 && room(view, new Set()) <= 0;
  return isStuck ? [{ kind: "event", event: "cannot-move" }] : [];
}
