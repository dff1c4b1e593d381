import type { Engine } from "../engine.ts";
import type { TaskRecord } from "../records/task.ts";
import { noteFailure } from "../rollout/failures.ts";
import { awaitContainers, startContainer } from "./containers.ts";
import { endTask } from "./end.ts";
import { planContainers, pull } from "./plan.ts";
import { register } from "./registration.ts";
import { enter, pass, requestStop, type TaskRun } from "./run.ts";
import { StartFailure } from "./start-failure.ts";

// AWS milliseconds. Short for Fargate, so that a demonstration is quick; the order of states is what matters.
const PROVISIONING_MS = 1_000;
const PULL_MS = 2_000;
const ACTIVATING_MS = 1_000;

/** Sets a task going. It is followed from PROVISIONING to STOPPED without anyone waiting for it. */
export function beginTask(engine: Engine, task: TaskRecord): void {
  const run: TaskRun = {
    stop: new AbortController(),
    processes: [],
    cancel: [],
    isRegistered: false,
    ended: Promise.resolve(),
  };
  engine.runs.set(task.arn, run);
  run.ended = live(engine, task, run).finally(() => engine.runs.delete(task.arn));
}

async function live(engine: Engine, task: TaskRecord, run: TaskRun): Promise<void> {
  try {
    await start(engine, task, run);
  } catch (error) {
    const reason = error instanceof StartFailure ? error.message : `CannotStartContainerError: ${String(error)}`;
    if (requestStop(engine, task, { code: "TaskFailedToStart", reason })) noteFailure(engine, task);
  }
  if (!run.stop.signal.aborted) {
    await new Promise((resolve) => run.stop.signal.addEventListener("abort", resolve, { once: true }));
  }
  if (!engine.isClosing) await endTask(engine, task, run);
}

async function start(engine: Engine, task: TaskRecord, run: TaskRun): Promise<void> {
  const { clock } = engine.world;
  if (!(await pass(engine, run, PROVISIONING_MS))) return;
  enter(engine, task, "PENDING", { pullStartedAt: clock.now() });
  const plans = planContainers(engine, task);
  if (!(await pass(engine, run, PULL_MS))) return;
  const images = plans.map(({ record }) => pull(engine, record.image));
  task.pullStoppedAt = clock.now();
  for (const [index, plan] of plans.entries()) {
    const image = images[index];
    if (image && !run.stop.signal.aborted) await startContainer({ engine, task, run, plan, image });
  }
  await awaitContainers({ engine, task, run, plans });
  if (run.stop.signal.aborted) return;
  if (task.targets.length > 0) {
    register(engine, task, run);
    enter(engine, task, "ACTIVATING");
    if (!(await pass(engine, run, ACTIVATING_MS))) return;
  }
  enter(engine, task, "RUNNING", { startedAt: clock.now() });
}
