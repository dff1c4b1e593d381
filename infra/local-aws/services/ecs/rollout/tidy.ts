import type { Engine } from "../engine.ts";
import type { TaskRecord } from "../records/task.ts";
import type { State } from "../state.ts";

const TASK_KEPT_MS = 60 * 60_000;
const TASKS_KEPT = 1_000;
const HISTORY_KEPT_MS = 90 * 24 * 60 * 60_000;

/**
 * Forgets what ECS forgets: stopped tasks after an hour, of wall time, and service deployments after 90 days, with the
 * revisions that nothing leads to any more.
 */
export function tidy({ state, world }: Engine): void {
  const now = world.clock.now();
  const stopped = Object.groupBy(
    Object.values(state.tasks).filter(({ lastStatus }) => lastStatus === "STOPPED"),
    ({ clusterArn }) => clusterArn,
  );
  const old = Object.values(stopped).flatMap((tasks = []) => {
    const newestFirst = tasks.sort((a, b) => stoppedAt(b) - stoppedAt(a));
    return newestFirst.filter((task, index) => index >= TASKS_KEPT || now - stoppedAt(task) > TASK_KEPT_MS);
  });
  for (const { arn } of old) {
    delete state.tasks[arn];
    delete state.tags[arn];
  }
  const ancient = Object.values(state.deployments).filter(
    ({ finishedAt }) => now - (finishedAt ?? now) > HISTORY_KEPT_MS,
  );
  for (const { arn } of ancient) delete state.deployments[arn];
  if (old.length > 0) state.save("tasks", "tags");
  if (ancient.length > 0) state.save("deployments");
  forgetRevisions(state);
}

/** A deleted service leaves its revisions behind as well: its service deployments went with it. */
function forgetRevisions(state: State): void {
  const known = new Set<string | undefined>([
    ...Object.values(state.services).flatMap(({ completedRevision, deployments }) => [
      completedRevision,
      ...deployments.map(({ revisionArn }) => revisionArn),
    ]),
    ...Object.values(state.deployments).flatMap(({ sources, target, rollback }) => [
      target.arn,
      rollback?.serviceRevisionArn,
      ...sources.map(({ arn }) => arn),
    ]),
  ]);
  const unknown = Object.keys(state.revisions).filter((arn) => !known.has(arn));
  for (const arn of unknown) delete state.revisions[arn];
  if (unknown.length > 0) state.save("revisions");
}

const stoppedAt = (task: TaskRecord): number => task.stoppedAt ?? 0;
