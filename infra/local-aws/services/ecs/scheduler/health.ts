import type { TargetState } from "../../../contract.ts";
import type { TaskView } from "./view.ts";

export type HealthFacts = {
  /** Undefined until the task is RUNNING. */
  startedAt: number | undefined;
  /** One per container that has a health check. */
  containers: ("HEALTHY" | "UNHEALTHY" | "UNKNOWN")[];
  /** One per target group that the task is registered in. */
  targets: { arn: string; state: TargetState }[];
  /** Real milliseconds after the start in which failing checks are ignored. */
  graceMs: number;
  /** Real milliseconds after which a task that nothing checks counts as healthy. */
  settleMs: number;
};

export type Assessment = {
  health: TaskView["health"];
  /** The task's `stoppedReason` when the scheduler replaces it. */
  because?: string;
  /** When time alone may change the answer. */
  changesAt?: number;
};

/** Health of a service's task as its scheduler sees it (ecs.md 2.5, stop reasons of 4.4). */
export function assess({ startedAt, containers, targets, graceMs, settleMs }: HealthFacts, now: number): Assessment {
  if (startedAt === undefined) return { health: "pending" };
  const because = failedCheck(containers, targets);
  if (because !== undefined) {
    const graceEnds = startedAt + graceMs;
    return now < graceEnds ? { health: "pending", changesAt: graceEnds } : { health: "unhealthy", because };
  }
  if (containers.length === 0 && targets.length === 0) {
    const settled = startedAt + settleMs;
    return now < settled ? { health: "pending", changesAt: settled } : { health: "healthy" };
  }
  // A group that makes no health checks reports its targets as unavailable; ECS takes them as they are.
  const passes =
    containers.every((status) => status === "HEALTHY") &&
    targets.every(({ state }) => state === "healthy" || state === "unavailable");
  return { health: passes ? "healthy" : "pending" };
}

function failedCheck(containers: HealthFacts["containers"], targets: HealthFacts["targets"]): string | undefined {
  const failing = targets.find(({ state }) => state === "unhealthy");
  if (failing) return `Task failed ELB health checks in (target-group ${failing.arn})`;
  return containers.includes("UNHEALTHY") ? "Task failed container health checks" : undefined;
}
