import { activeStatuses, type DeploymentStatus } from "./schema.ts";

/** Whether a status is one that still holds its target. */
export function isActive(status: string): boolean {
  return (activeStatuses as readonly string[]).includes(status);
}

/** From worst to best: a deployment is as good as its worst target. */
const worstFirst: readonly DeploymentStatus[] = [
  "rollback_failed",
  "failed",
  "rolled_back",
  "cancelled",
  "superseded",
  "succeeded",
];

/** Status of a deployment, from those of its targets. It waits only while none of them has begun. */
export function deploymentStatus(targets: readonly DeploymentStatus[]): DeploymentStatus {
  const active = targets.filter(isActive);
  if (active.includes("rolling_back")) return "rolling_back";
  if (active[0] === "queued" && targets.every((status) => status === "queued")) return "queued";
  if (active.length > 0) return active.every((status) => status === "paused") ? "paused" : "running";
  return worstFirst.find((status) => targets.includes(status)) ?? "queued";
}

/** Why a deployment cannot be cancelled now, or true. */
export function cancellable(status: DeploymentStatus, requested: boolean): true | string {
  if (!isActive(status)) return "It has ended.";
  if (status === "queued") return true;
  if (requested || status === "rolling_back") return "It is being undone already.";
  return true;
}

/**
 * Why a deployment cannot be rolled back now, or true. While it runs, it is undone in place; afterwards a new
 * deployment returns to an earlier release, provided that this one is still what its targets run.
 */
export function rollable(input: {
  status: DeploymentStatus;
  requested: boolean;
  isCurrent: boolean;
  /** Another deployment that holds the target, in words. */
  busyWith: string | null;
  hasGoodRelease: boolean;
}): true | string {
  if (input.status === "queued") return "It waits and has changed nothing: cancel it.";
  if (isActive(input.status)) {
    return input.requested || input.status === "rolling_back" ? "It is being undone already." : true;
  }
  if (input.busyWith) return `${input.busyWith} is under way.`;
  if (!input.isCurrent)
    return "Another deployment has come since, or this one was undone: its release does not run here.";
  return input.hasGoodRelease ? true : "No earlier release is known to work here.";
}

/** Why a restart that has ended cannot be rolled back: what runs is what ran before it. */
export const nothingToUndo = "A restart brings fresh tasks of what ran already: there is nothing to return to.";

/** Whether a deployment of variables alone can be undone after it ended: by the version that ran before it. */
export function variablesUndoable({
  isCurrent,
  hasEarlier,
}: {
  isCurrent: boolean;
  hasEarlier: boolean;
}): true | string {
  if (!isCurrent) return "Other variables have come since, or these were undone: they do not run here.";
  return hasEarlier
    ? true
    : "Before it the variables were those of the task definition. Change them, and apply the change.";
}

/** Back-off after failed calls to AWS, in real milliseconds: 1 s doubling to 30 s. */
export function retryDelayMs(attempts: number): number {
  return Math.min(30_000, 1_000 * 2 ** Math.min(attempts, 5));
}
