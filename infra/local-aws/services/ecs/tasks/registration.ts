import { TASK_HOST, type Engine } from "../engine.ts";
import type { TaskRecord } from "../records/task.ts";
import { noteEvent } from "../rollout/events.ts";
import type { TaskRun } from "./run.ts";

/** Puts a task behind its load balancers. */
export function register(engine: Engine, task: TaskRecord, run: TaskRun): void {
  for (const { targetGroupArn, containerName, containerPort } of task.targets) {
    const container = task.containers.find(({ name }) => name === containerName);
    const port = container?.hostPort ?? containerPort;
    engine.world.elb.register(targetGroupArn, { id: task.address, host: TASK_HOST, port });
    noteEvent(engine, task.serviceArn, `registered 1 targets in (target-group ${targetGroupArn})`);
  }
  run.isRegistered = true;
}

/** Takes a task out; resolves once every load balancer has finished the requests it still had for it. */
export async function deregister(engine: Engine, task: TaskRecord, run: TaskRun): Promise<void> {
  if (!run.isRegistered) return;
  run.isRegistered = false;
  await Promise.all(
    task.targets.map(({ targetGroupArn }) => {
      noteEvent(engine, task.serviceArn, `deregistered 1 targets in (target-group ${targetGroupArn})`);
      return new Promise<void>((resolve) => engine.world.elb.deregister(targetGroupArn, task.address, resolve));
    }),
  );
}
