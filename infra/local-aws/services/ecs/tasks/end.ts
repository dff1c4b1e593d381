import type { Engine } from "../engine.ts";
import type { TaskRecord } from "../records/task.ts";
import { noteEvent } from "../rollout/events.ts";
import { deregister } from "./registration.ts";
import { enter, type TaskRun } from "./run.ts";

const DEPROVISIONING_MS = 1_000;

/** Brings a task that was told to stop to STOPPED: drains it, ends its processes, lets go of its network. */
export async function endTask(engine: Engine, task: TaskRecord, run: TaskRun): Promise<void> {
  const { clock } = engine.world;
  if (task.containers.some(isRunning) && task.stopCode !== "EssentialContainerExited") {
    if (run.isRegistered) {
      enter(engine, task, "DEACTIVATING");
      noteEvent(engine, task.serviceArn, "has begun draining connections on 1 tasks.");
      await deregister(engine, task, run);
    }
  }
  // A task whose container is gone has nothing to drain: it is taken out, and not waited for.
  void deregister(engine, task, run);
  if (task.containers.some(isRunning)) {
    enter(engine, task, "STOPPING");
    await endProcesses(run);
  }
  for (const cancel of run.cancel) cancel();
  for (const container of task.containers) container.lastStatus = "STOPPED";
  enter(engine, task, "DEPROVISIONING", { executionStoppedAt: clock.now() });
  await new Promise<void>((resolve) => clock.after(DEPROVISIONING_MS, resolve));
  enter(engine, task, "STOPPED", { stoppedAt: clock.now() });
}

async function endProcesses({ processes }: TaskRun): Promise<void> {
  for (const { process, stopTimeoutMs } of processes) process.stop(stopTimeoutMs);
  await Promise.all(processes.map(({ process }) => process.exited));
}

const isRunning = ({ lastStatus }: { lastStatus: string }): boolean => lastStatus === "RUNNING";
