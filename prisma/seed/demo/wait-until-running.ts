import { setTimeout as sleep } from "node:timers/promises";
import { portsOf, type Ctx } from "#server/core/context.ts";
import { placementKey, type ServiceState } from "#server/deployments/ports.ts";

const patienceMs = 180_000;

const isRunning = (state: ServiceState | undefined) =>
  state !== undefined && state.runningCount >= state.desiredCount && state.currentRolloutArn === null;

/**
 * Waits until every task runs that should and ECS calls its first rollouts done: a deployment that met an unfinished
 * one would supersede it. Throws what ECS says last of a service that does not get there.
 */
export async function waitUntilRunning(ctx: Ctx): Promise<void> {
  const { runtime } = portsOf(ctx);
  const targets = await ctx.db.target.findMany();
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const states = await runtime.describeServices(targets);
    const waiting = targets.filter((target) => !isRunning(states.get(placementKey(target))));
    const [first] = waiting;
    if (!first) return;
    if (Date.now() > deadline) {
      const event = states.get(placementKey(first))?.events[0]?.message ?? "ECS does not know it";
      throw new Error(`${first.ecsService} in ${first.cluster} does not run after ${patienceMs / 1000} s: ${event}`);
    }
    await sleep(500);
  }
}
