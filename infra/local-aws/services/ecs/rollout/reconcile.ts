import type { Engine } from "../engine.ts";
import { isOver } from "../records/service-deployment.ts";
import type { ServiceRecord } from "../records/service.ts";
import { countTasks } from "./count.ts";
import { decide } from "../scheduler/decide.ts";
import { apply } from "./apply.ts";
import { noteEvent, noteEventOnce } from "./events.ts";
import { isJudgedByAlarms, observe, tasksOf } from "./observe.ts";

const MOST_ROUNDS = 100;
const ALARM_POLL_MS = 2_000;
const LEAST_ALARM_POLL_MS = 50;

/** Brings one service as near to what is desired as its rules allow now, and plans the next look at it. */
export function reconcile(engine: Engine, serviceArn: string): void {
  const service = engine.state.services[serviceArn];
  if (!service || service.status === "INACTIVE") return;
  let nextAt: number | undefined;
  const current = engine.state.deployments[service.currentServiceDeployment ?? ""];
  // The counts of a deployment that is over stay as they were when it ended.
  const isCounted = current !== undefined && !isOver(current);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    moveDeploymentOn(engine, service);
    lookAtAlarms(engine, service);
    const observation = observe(engine, service);
    if (!observation) break;
    nextAt = observation.nextAt;
    const decisions = decide(observation.view, engine.world.clock.now());
    for (const decision of decisions) if (decision.kind === "event") remark(engine, service, decision.event);
    const acts = decisions.filter(({ kind }) => kind !== "event");
    if (acts.length === 0) break;
    service.isSteady = false;
    apply({ engine, service, reasons: observation.reasons }, acts);
  }
  if (isCounted) countTasks(engine, service, current);
  retire(engine, service);
  plan(engine, service, nextAt);
}

const CANNOT_MOVE =
  "was unable to stop or start tasks during a deployment because of the service deployment configuration. " +
  "Update the minimumHealthyPercent or maximumPercent value and try again.";

function remark(engine: Engine, service: ServiceRecord, event: "steady" | "cannot-move"): void {
  if (event === "cannot-move") return noteEventOnce(engine, service.arn, CANNOT_MOVE);
  if (service.isSteady) return;
  service.isSteady = true;
  noteEvent(engine, service.arn, "has reached a steady state.");
}

/** The steps of a service deployment that need no decision. */
function moveDeploymentOn({ state, world }: Engine, service: ServiceRecord): void {
  const now = world.clock.now();
  for (const deployment of Object.values(state.deployments)) {
    if (deployment.serviceArn !== service.arn || isOver(deployment)) continue;
    if (deployment.status === "PENDING") {
      Object.assign(deployment, { status: "IN_PROGRESS", lifecycleStage: "SCALE_UP", startedAt: now, updatedAt: now });
    } else if (deployment.status === "STOP_REQUESTED") {
      Object.assign(deployment, { status: "STOPPED", stoppedAt: now, finishedAt: now, updatedAt: now });
    } else continue;
    state.save("deployments");
  }
}

function lookAtAlarms(engine: Engine, service: ServiceRecord): void {
  if (!isJudgedByAlarms(engine, service)) return;
  const { state, world } = engine;
  const alarms = state.deployments[service.currentServiceDeployment ?? ""]?.alarms;
  if (!alarms) return;
  const triggered = alarms.names.filter((name) => world.metrics.alarmState(service, name) === "ALARM");
  if (triggered.length === 0) return;
  alarms.triggered = triggered;
  state.save("deployments");
}

/** A deleted service is INACTIVE once its last task has stopped. */
function retire(engine: Engine, service: ServiceRecord): void {
  if (service.status !== "DRAINING" || tasksOf(engine, service.arn).length > 0) return;
  service.status = "INACTIVE";
  service.deployments = [];
  engine.state.save("services");
}

function plan(engine: Engine, service: ServiceRecord, nextAt: number | undefined): void {
  const { clock } = engine.world;
  engine.timers.get(service.arn)?.();
  engine.timers.delete(service.arn);
  const now = clock.now();
  const poll = now + Math.max(clock.real(ALARM_POLL_MS), LEAST_ALARM_POLL_MS);
  const at = isJudgedByAlarms(engine, service) ? Math.min(poll, nextAt ?? poll) : nextAt;
  if (at === undefined) return;
  engine.timers.set(
    service.arn,
    clock.after((at - now) * clock.scale, () => engine.wake(service.arn)),
  );
}
