import type { Cause, Decision, ServiceView, TaskView } from "./view.ts";

export const isLive = (task: TaskView): boolean => task.phase !== "stopping";
export const isHealthy = (task: TaskView): boolean => task.phase === "running" && task.health === "healthy";

/** All new tasks run and are healthy, and every old one has at least been told to stop. */
export function isSteady({ desired, primary, older }: ServiceView): boolean {
  const live = primary.tasks.filter(isLive);
  return live.length === desired && live.every(isHealthy) && !older.some(({ tasks }) => tasks.some(isLive));
}

/** Whether the deployment in progress ends, turns back or begins to bake. Undefined: it goes on. */
export function judge(view: ServiceView, now: number): Decision | undefined {
  const { primary, breaker, alarms } = view;
  if (primary.rollout !== "IN_PROGRESS") return undefined;
  const finishing = isFinishing(view, now);
  // A request that meets a deployment which is just ending does not turn it back: AWS lets it end SUCCESSFUL.
  if (view.rollbackRequested) return finishing ? { kind: "complete" } : turnBack(view, "user", true);
  if (alarms?.triggered) return turnBack(view, "alarm", alarms.rollback);
  // The breaker judges whether steadiness can be reached; in the bake the alarms alone do.
  if (breaker && primary.bakeUntil === undefined && primary.failed >= breaker.threshold) {
    return turnBack(view, "breaker", breaker.rollback);
  }
  if (finishing) return { kind: "complete" };
  if (alarms && primary.bakeUntil === undefined && isSteady(view)) return { kind: "bake", until: now + alarms.bakeMs };
  return undefined;
}

function isFinishing(view: ServiceView, now: number): boolean {
  if (!view.alarms) return isSteady(view);
  return view.primary.bakeUntil !== undefined && now >= view.primary.bakeUntil;
}

function turnBack({ primary, rollbackTarget }: ServiceView, because: Cause, wanted: boolean): Decision {
  if (!wanted) return { kind: "fail", because, noTarget: false };
  if (primary.isRollback || rollbackTarget === undefined) return { kind: "fail", because, noTarget: true };
  return { kind: "roll-back", because, to: rollbackTarget };
}
