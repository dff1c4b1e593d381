import type { Engine } from "../engine.ts";
import { isOver } from "../records/service-deployment.ts";
import type { DeploymentRecord, ServiceRecord } from "../records/service.ts";
import { isStarting, type TaskRecord } from "../records/task.ts";
import { assess, type Assessment } from "../scheduler/health.ts";
import type { PrimaryView, ServiceView, TaskView } from "../scheduler/view.ts";
import { breakerThreshold, noteHealthy } from "./failures.ts";

const SETTLE_MS = 40_000;
const BAKE_MS = 180_000;

export type Observation = {
  view: ServiceView;
  /** Why each unhealthy task is so, by its ARN. */
  reasons: Map<string, string>;
  /** The earliest moment at which time alone may change anything. */
  nextAt: number | undefined;
};

/** A service's tasks that have not stopped, oldest first. */
export function tasksOf({ runs, state }: Engine, serviceArn: string): TaskRecord[] {
  const tasks = [...runs.keys()].map((task) => state.tasks[task]);
  return tasks.filter((task): task is TaskRecord => task?.serviceArn === serviceArn && task.lastStatus !== "STOPPED");
}

/** The service as its scheduler sees it. Undefined once it has no deployments left. */
export function observe(engine: Engine, service: ServiceRecord): Observation | undefined {
  const reasons = new Map<string, string>();
  const moments: number[] = [];
  const tasks = tasksOf(engine, service.arn);
  // Healthy tasks reset the counters of their deployment, so they are looked at before those are read.
  const views = new Map(
    tasks.map((task) => {
      const { health, because, changesAt } = healthOf(engine, service, task);
      if (because !== undefined) reasons.set(task.arn, because);
      if (changesAt !== undefined) moments.push(changesAt);
      if (health === "healthy" && !task.wasHealthy) noteHealthy(engine, task);
      return [task, { id: task.arn, phase: phaseOf(task), health } satisfies TaskView] as const;
    }),
  );
  const [primary, ...older] = service.deployments.map((deployment): PrimaryView => {
    const { retryAt, failed } = deployment.counters;
    for (const moment of [retryAt, deployment.bakeUntil]) if (moment !== undefined) moments.push(moment);
    return {
      id: deployment.id,
      rollout: deployment.rollout,
      isRollback: deployment.isRollback,
      tasks: [...views].filter(([task]) => task.startedBy === deployment.id).map(([, view]) => view),
      failed,
      ...(retryAt !== undefined && { retryAt }),
      ...(deployment.bakeUntil !== undefined && { bakeUntil: deployment.bakeUntil }),
    };
  });
  if (!primary) return undefined;
  const now = engine.world.clock.now();
  const future = moments.filter((moment) => moment > now);
  return {
    view: { ...settingsOf(engine, service), primary, older },
    reasons,
    nextAt: future.length > 0 ? Math.min(...future) : undefined,
  };
}

function settingsOf(engine: Engine, service: ServiceRecord): Omit<ServiceView, "primary" | "older"> {
  const { deploymentConfiguration: configuration, desiredCount, completedRevision } = service;
  const current = engine.state.deployments[service.currentServiceDeployment ?? ""];
  const [primary] = service.deployments;
  const threshold = breakerThreshold(service);
  const watchesAlarms = current !== undefined && isWatchingAlarms(current.alarms.status) && !primary?.isRollback;
  return {
    desired: desiredCount,
    minimumHealthyPercent: configuration.minimumHealthyPercent ?? 100,
    maximumPercent: configuration.maximumPercent ?? 200,
    rollbackRequested: current?.status === "ROLLBACK_REQUESTED",
    ...(threshold !== undefined && {
      breaker: { threshold, rollback: configuration.deploymentCircuitBreaker?.rollback ?? false },
    }),
    ...(watchesAlarms && {
      alarms: {
        triggered: current.alarms.triggered.length > 0,
        rollback: current.configuration.alarms?.rollback ?? false,
        bakeMs: engine.world.clock.real(BAKE_MS),
      },
    }),
    ...(completedRevision !== undefined && { rollbackTarget: completedRevision }),
  };
}

const isWatchingAlarms = (status: string): boolean => status === "MONITORING";

function phaseOf(task: TaskRecord): TaskView["phase"] {
  if (task.desiredStatus === "STOPPED") return "stopping";
  return isStarting(task) ? "starting" : "running";
}

function healthOf({ world }: Engine, service: ServiceRecord, task: TaskRecord): Assessment {
  // As in the task's own health, only essential containers count.
  const checked = task.containers.flatMap(({ isEssential, healthStatus }) =>
    isEssential && healthStatus ? [healthStatus] : [],
  );
  return assess(
    {
      startedAt: task.lastStatus === "RUNNING" ? task.startedAt : undefined,
      containers: checked,
      targets: task.targets.map(({ targetGroupArn }) => ({
        arn: targetGroupArn,
        state: world.elb.health(targetGroupArn, task.address).state,
      })),
      graceMs: world.clock.real((service.healthCheckGracePeriodSeconds ?? 0) * 1_000),
      settleMs: world.clock.real(SETTLE_MS),
    },
    world.clock.now(),
  );
}

/** Whether the service has a deployment whose alarms have to be looked at. */
export function isJudgedByAlarms({ state }: Engine, service: ServiceRecord): boolean {
  const current = state.deployments[service.currentServiceDeployment ?? ""];
  const primary: DeploymentRecord | undefined = service.deployments[0];
  return (
    current !== undefined &&
    !isOver(current) &&
    isWatchingAlarms(current.alarms.status) &&
    primary?.rollout === "IN_PROGRESS" &&
    !primary.isRollback
  );
}
