import { isDeepStrictEqual } from "node:util";
import type { Engine } from "../engine.ts";
import type { RevisionCounts, ServiceDeploymentRecord } from "../records/service-deployment.ts";
import type { ServiceRecord } from "../records/service.ts";
import { isStarting, type TaskRecord } from "../records/task.ts";
import { tasksOf } from "./observe.ts";

export const runningOf = (tasks: TaskRecord[]): number =>
  tasks.filter(({ lastStatus }) => lastStatus === "RUNNING").length;
export const pendingOf = (tasks: TaskRecord[]): number => tasks.filter(isStarting).length;

/** The PRIMARY deployment wants all tasks, an older one wants those that it has not been told to stop. */
export function requestedOf({ desiredCount }: ServiceRecord, own: TaskRecord[], isPrimary: boolean): number {
  return isPrimary ? desiredCount : own.filter(({ desiredStatus }) => desiredStatus === "RUNNING").length;
}

/** Notes how many tasks each revision of a service deployment has. */
export function countTasks(engine: Engine, service: ServiceRecord, current: ServiceDeploymentRecord): void {
  const tasks = tasksOf(engine, service.arn);
  for (const revision of [current.target, ...current.sources]) {
    const ids = service.deployments.filter(({ revisionArn }) => revisionArn === revision.arn).map(({ id }) => id);
    const own = tasks.filter(({ startedBy }) => ids.includes(startedBy ?? ""));
    const isPrimary = service.deployments[0]?.revisionArn === revision.arn;
    const next: Omit<RevisionCounts, "arn"> = {
      requested: requestedOf(service, own, isPrimary),
      running: runningOf(own),
      pending: pendingOf(own),
    };
    if (isDeepStrictEqual({ arn: revision.arn, ...next }, revision)) continue;
    Object.assign(revision, next);
    engine.state.save("deployments");
  }
}
