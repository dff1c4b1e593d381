import type { TaskStopCode } from "@aws-sdk/client-ecs";
import type { RunningProcess } from "../../../runtime/process.ts";
import type { Engine } from "../engine.ts";
import type { TaskRecord, TaskStatus } from "../records/task.ts";

/** The part of a task that a restart loses: its processes, and the wish that it end. */
export type TaskRun = {
  /** Aborted as soon as the task is to stop, whatever it is doing. */
  stop: AbortController;
  processes: { process: RunningProcess; stopTimeoutMs: number }[];
  /** Ends what goes on beside the processes: health checks. */
  cancel: (() => void)[];
  isRegistered: boolean;
  ended: Promise<void>;
};

/** Changes a task, raises its version, and has its service looked at. Does nothing once local AWS is closing. */
export function change(engine: Engine, task: TaskRecord, changes: Partial<TaskRecord>): void {
  if (engine.isClosing) return;
  Object.assign(task, changes);
  task.version += 1;
  engine.state.save("tasks");
  if (task.serviceArn) engine.wake(task.serviceArn);
}

/** Moves a task to its next state, with the timestamps that go with it. */
export function enter(engine: Engine, task: TaskRecord, lastStatus: TaskStatus, at: Partial<TaskRecord> = {}): void {
  change(engine, task, { lastStatus, ...at });
}

/** Tells a task to stop; false when it was told before. What follows happens in `endTask`. */
export function requestStop(
  engine: Engine,
  task: TaskRecord,
  { code, reason }: { code: TaskStopCode; reason: string },
): boolean {
  if (task.desiredStatus === "STOPPED" || engine.isClosing) return false;
  change(engine, task, {
    desiredStatus: "STOPPED",
    stopCode: code,
    stoppedReason: reason,
    stoppingAt: engine.world.clock.now(),
  });
  engine.runs.get(task.arn)?.stop.abort();
  return true;
}

/** Waits `awsMs` of AWS time; false, at once, when the task is told to stop meanwhile. */
export function pass({ world }: Engine, { stop }: TaskRun, awsMs: number): Promise<boolean> {
  if (stop.signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const stopped = () => {
      cancel();
      resolve(false);
    };
    const cancel = world.clock.after(awsMs, () => {
      stop.signal.removeEventListener("abort", stopped);
      resolve(true);
    });
    stop.signal.addEventListener("abort", stopped, { once: true });
  });
}
