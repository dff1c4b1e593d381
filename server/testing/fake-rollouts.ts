import type { Placement, Rollout, RolloutStatus, RuntimeTask, ServiceState } from "../deployments/ports.ts";

/** What one look at a rollout shows. Left-out fields keep what the step before said. */
export type RolloutStep = {
  status: RolloutStatus;
  lifecycleStage?: string;
  statusReason?: string;
  /** Running tasks of the new task definition. */
  running?: number;
  circuitBreaker?: NonNullable<Rollout["circuitBreaker"]>;
  alarms?: NonNullable<Rollout["alarms"]>;
  rollbackReason?: string;
  /** Tasks of the new task definition that have stopped by now. */
  died?: (Partial<RuntimeTask> & { lines?: string[] })[];
};

export type FakeService = {
  key: string;
  placement: Placement;
  state: ServiceState;
  tasks: RuntimeTask[];
  scripts: RolloutStep[][];
  afterStop: "rollback" | "too_late";
  rollouts: number;
};

export type FakeRollout = {
  arn: string;
  service: FakeService;
  taskDefinitionArn: string;
  previousArn: string;
  createdAt: Date;
  finishedAt: Date | null;
  steps: RolloutStep[];
  shown: RolloutStep;
};

const terminal: readonly RolloutStatus[] = ["successful", "stopped", "rollback_successful", "rollback_failed"];
const goesBack: readonly RolloutStatus[] = ["rollback_in_progress", "rollback_successful", "rollback_failed"];

function defaultSteps(desired: number): RolloutStep[] {
  return [
    { status: "pending", running: 0 },
    { status: "in_progress", lifecycleStage: "SCALE_UP", running: 0 },
    { status: "in_progress", lifecycleStage: "CLEAN_UP", running: desired },
    { status: "successful", running: desired },
  ];
}

/** Starts a rollout and stops the one under way, as UpdateService does. */
export function beginRollout(input: {
  service: FakeService;
  taskDefinitionArn: string;
  steps: RolloutStep[] | undefined;
  now: Date;
}): FakeRollout {
  const { service, taskDefinitionArn, now } = input;
  const { accountId, region, cluster, ecsService } = service.placement;
  service.rollouts += 1;
  const steps = structuredClone(input.steps ?? defaultSteps(service.state.desiredCount));
  const rollout: FakeRollout = {
    arn: `arn:aws:ecs:${region}:${accountId}:service-deployment/${cluster}/${ecsService}/${service.rollouts}`,
    service,
    taskDefinitionArn,
    previousArn: service.state.taskDefinitionArn,
    createdAt: now,
    finishedAt: null,
    steps,
    shown: { status: "pending", running: 0 },
  };
  service.state.taskDefinitionArn = taskDefinitionArn;
  service.state.currentRolloutArn = rollout.arn;
  return rollout;
}

function task(rollout: FakeRollout, given: Partial<RuntimeTask>, now: Date): RuntimeTask {
  const { placement, tasks } = rollout.service;
  const id = String(tasks.length + 1).padStart(32, "0");
  return {
    arn: `arn:aws:ecs:${placement.region}:${placement.accountId}:task/${placement.cluster}/${id}`,
    taskDefinitionArn: rollout.taskDefinitionArn,
    startedBy: `ecs-svc/${rollout.service.rollouts}`,
    lastStatus: "RUNNING",
    desiredStatus: "RUNNING",
    healthStatus: "HEALTHY",
    stopCode: null,
    stoppedReason: null,
    exitCode: null,
    containerReason: null,
    containerName: null,
    createdAt: now,
    startedAt: now,
    stoppedAt: null,
    ...given,
  };
}

const stoppedNow = (now: Date) => ({
  lastStatus: "STOPPED",
  desiredStatus: "STOPPED",
  healthStatus: "UNKNOWN",
  stoppedAt: now,
});

/** Brings the service's tasks and counts to what the step says. */
function settle(rollout: FakeRollout, lines: Map<string, string[]>, now: Date): void {
  const { service, shown } = rollout;
  for (const { lines: written, ...given } of shown.died ?? []) {
    const dead = task(rollout, { ...stoppedNow(now), ...given }, now);
    service.tasks.push(dead);
    if (written) lines.set(`${dead.arn}/${dead.containerName ?? ""}`, written);
  }
  delete shown.died;
  const back = goesBack.includes(shown.status);
  const ours = service.tasks.filter(
    (one) => one.taskDefinitionArn === rollout.taskDefinitionArn && one.lastStatus === "RUNNING",
  );
  const wanted = back ? 0 : (shown.running ?? 0);
  for (const extra of ours.slice(wanted))
    Object.assign(extra, stoppedNow(now), { stopCode: "ServiceSchedulerInitiated" });
  for (let count = ours.length; count < wanted; count += 1) service.tasks.push(task(rollout, {}, now));
  if (shown.status === "successful") {
    const old = service.tasks.filter((one) => one.taskDefinitionArn !== rollout.taskDefinitionArn && !one.stoppedAt);
    for (const one of old) Object.assign(one, stoppedNow(now), { stopCode: "ServiceSchedulerInitiated" });
  }
  const current = service.state.currentRolloutArn === rollout.arn;
  if (current && back) service.state.taskDefinitionArn = rollout.previousArn;
  if (terminal.includes(shown.status)) {
    rollout.finishedAt ??= now;
    if (current) service.state.currentRolloutArn = null;
  }
  service.state.runningCount = service.tasks.filter((one) => one.lastStatus === "RUNNING").length;
}

/** Shows the next step of the script; the last one stays. A superseded rollout has stopped. */
export function look(rollout: FakeRollout, lines: Map<string, string[]>, now: Date): Rollout {
  const superseded =
    rollout.service.state.currentRolloutArn !== rollout.arn && !terminal.includes(rollout.shown.status);
  if (superseded) rollout.steps = [{ status: "stopped", statusReason: "Service deployment stopped by a newer one." }];
  const next = rollout.steps.shift();
  if (next) {
    rollout.shown = { ...rollout.shown, ...next };
    settle(rollout, lines, now);
  }
  return snapshot(rollout, now);
}

/** What a look shows now, without moving on. */
export function snapshot(rollout: FakeRollout, now: Date): Rollout {
  const { shown, service, previousArn, taskDefinitionArn } = rollout;
  const desired = service.state.desiredCount;
  const running = shown.running ?? 0;
  const first = previousArn === taskDefinitionArn;
  const done = shown.status === "successful";
  return {
    arn: rollout.arn,
    status: shown.status,
    statusReason: shown.statusReason ?? null,
    lifecycleStage: shown.lifecycleStage ?? null,
    createdAt: rollout.createdAt,
    startedAt: shown.status === "pending" ? null : rollout.createdAt,
    finishedAt: terminal.includes(shown.status) ? (rollout.finishedAt ?? now) : null,
    to: { taskDefinitionArn, requested: desired, running, pending: 0 },
    from: first || done ? [] : [{ taskDefinitionArn: previousArn, requested: desired, running: desired, pending: 0 }],
    circuitBreaker: shown.circuitBreaker ?? { status: "MONITORING", failures: 0, threshold: 3 },
    alarms: shown.alarms ?? null,
    rollback: goesBack.includes(shown.status)
      ? { reason: shown.rollbackReason ?? null, startedAt: now, taskDefinitionArn: previousArn }
      : null,
  };
}

/** Asks for a rollback; false when there is nothing left to stop. */
export function requestStop(rollout: FakeRollout): boolean {
  const { status } = rollout.shown;
  if (terminal.includes(status) || goesBack.includes(status) || status === "rollback_requested") return false;
  const end: RolloutStep[] =
    rollout.service.afterStop === "too_late"
      ? [{ status: "successful", running: rollout.service.state.desiredCount }]
      : [
          { status: "rollback_requested" },
          { status: "rollback_in_progress", rollbackReason: "Rollback requested." },
          { status: "rollback_successful" },
        ];
  rollout.shown = { ...rollout.shown, status: "rollback_requested" };
  rollout.steps = end;
  return true;
}
