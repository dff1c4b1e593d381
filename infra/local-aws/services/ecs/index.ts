import type { World } from "../../contract.ts";
import { engineOf } from "./engine.ts";
import { reconcile } from "./rollout/reconcile.ts";
import { resume } from "./rollout/resume.ts";
import { tidy } from "./rollout/tidy.ts";
import { watchUsage } from "./tasks/usage.ts";

export { service } from "./definition.ts";

const TICK_MS = 30_000;
const LEAST_TICK_MS = 1_000;
const CLOSING_GRACE_MS = 2_000;

/** Brings services back and begins to look after them. Everything ends, processes included, when `world` closes. */
export function startEcs(world: World): void {
  const engine = engineOf(world);
  engine.reconcile = (serviceArn) => reconcile(engine, serviceArn);
  world.elb.onChange((_group, targetId) => {
    for (const taskArn of engine.runs.keys()) {
      const task = engine.state.tasks[taskArn];
      if (task?.address === targetId && task.serviceArn) engine.wake(task.serviceArn);
    }
  });
  resume(engine);
  const cancelUsage = watchUsage(engine);
  // Everything is driven by events; the tick is there in case one got lost.
  const tick = setInterval(
    () => {
      tidy(engine);
      for (const arn of Object.keys(engine.state.services)) engine.wake(arn);
    },
    Math.max(world.clock.real(TICK_MS), LEAST_TICK_MS),
  ).unref();

  world.onClose(async () => {
    engine.isClosing = true;
    clearInterval(tick);
    cancelUsage();
    for (const cancel of engine.timers.values()) cancel();
    const processes = [...engine.runs.values()].flatMap((run) => {
      run.stop.abort();
      for (const cancel of run.cancel) cancel();
      return run.processes.map(({ process }) => process);
    });
    for (const process of processes) process.stop(CLOSING_GRACE_MS);
    await Promise.all(processes.map(({ exited }) => exited));
  });
}
