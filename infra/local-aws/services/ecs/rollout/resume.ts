import { log } from "../../../log.ts";
import type { Engine } from "../engine.ts";
import type { DeploymentRecord, ServiceRecord } from "../records/service.ts";
import { startTask } from "./apply.ts";

/**
 * Brings services back after a restart. What was running is recorded as stopped, by nobody's fault, and runs again
 * in the deployment that it belonged to, so that an in-flight deployment goes on from where it was.
 */
export function resume(engine: Engine): void {
  const { state, world } = engine;
  const now = world.clock.now();
  for (const task of Object.values(state.tasks)) {
    if (task.lastStatus === "STOPPED") continue;
    for (const { targetGroupArn } of task.targets) {
      world.elb.deregister(targetGroupArn, task.address, () => undefined);
    }
    const wasWanted = task.desiredStatus === "RUNNING";
    if (wasWanted) Object.assign(task, { stopCode: "InfrastructureHealth", stoppedReason: "Local AWS was restarted." });
    for (const container of task.containers) container.lastStatus = "STOPPED";
    Object.assign(task, { desiredStatus: "STOPPED", lastStatus: "STOPPED", version: task.version + 1 });
    Object.assign(task, { stoppingAt: task.stoppingAt ?? now, executionStoppedAt: now, stoppedAt: now });
    const service = state.services[task.serviceArn ?? ""];
    const deployment = service?.deployments.find(({ id }) => id === task.startedBy);
    if (wasWanted && service && deployment) startAgain(engine, service, deployment);
  }
  state.save("tasks");
  for (const service of Object.values(state.services)) engine.wake(service.arn);
}

/** One service whose records are damaged must not keep the others from coming back. */
function startAgain(engine: Engine, service: ServiceRecord, deployment: DeploymentRecord): void {
  try {
    startTask(engine, service, deployment);
  } catch (error) {
    log.error("a task could not be started again", { service: service.arn, error: String(error) });
  }
}
