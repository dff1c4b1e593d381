import { arn } from "../../place.ts";
import type { Engine } from "../engine.ts";
import { digits, shortId } from "../ids.ts";
import { isOver, type RevisionCounts } from "../records/service-deployment.ts";
import type { RevisionRecord, ServiceRecord } from "../records/service.ts";
import type { TaskDefinitionRecord } from "../records/task-definition.ts";
import { NO_FAILURES } from "../scheduler/breaker.ts";
import { breakerThreshold } from "./failures.ts";

/** Starts a deployment of a task definition: a new revision, a new PRIMARY, and the end of one still in flight. */
export function beginDeployment(engine: Engine, service: ServiceRecord, definition: TaskDefinitionRecord): void {
  const { state, world } = engine;
  const now = world.clock.now();
  const sources = service.deployments.filter(({ id }) => hasTasks(engine, id)).map(({ revisionArn }) => revisionArn);
  supersede(engine, service);
  const revision = newRevision(engine, service, definition);
  const id = `ecs-svc/${digits()}`;
  service.deployments.unshift({
    id,
    revisionArn: revision.arn,
    taskDefinitionArn: definition.arn,
    createdAt: now,
    updatedAt: now,
    rollout: "IN_PROGRESS",
    rolloutReason: `ECS deployment ${id} in progress.`,
    isRollback: false,
    counters: NO_FAILURES,
  });
  service.isSteady = false;
  const deployment = arn("ecs", service, `service-deployment/${pathOf(service)}/${shortId()}`);
  const threshold = breakerThreshold(service);
  state.deployments[deployment] = {
    arn: deployment,
    serviceArn: service.arn,
    clusterArn: service.clusterArn,
    createdAt: now,
    updatedAt: now,
    sources: [...new Set(sources)].map((source) => counts(source)),
    target: counts(revision.arn, service.desiredCount),
    status: "PENDING",
    configuration: structuredClone(service.deploymentConfiguration),
    breaker: {
      status: threshold === undefined ? "DISABLED" : "MONITORING",
      failureCount: 0,
      threshold: threshold ?? 0,
    },
    alarms: alarmMonitor(engine, service),
  };
  service.currentServiceDeployment = deployment;
  state.save("services", "deployments");
  engine.wake(service.arn);
}

/** An alarm that is already in ALARM makes ECS ignore all of them for this whole deployment. */
function alarmMonitor({ world }: Engine, service: ServiceRecord) {
  const { alarms } = service.deploymentConfiguration;
  const names = alarms?.alarmNames ?? [];
  const watched = alarms?.enable === true && names.length > 0;
  const isAlarming = names.some((name) => world.metrics.alarmState(service, name) === "ALARM");
  return { status: watched && !isAlarming ? ("MONITORING" as const) : ("DISABLED" as const), names, triggered: [] };
}

function supersede({ state, world }: Engine, service: ServiceRecord): void {
  const current = state.deployments[service.currentServiceDeployment ?? ""];
  if (!current || isOver(current)) return;
  const now = world.clock.now();
  const reason = "Service deployment stopped because a newer service deployment was started.";
  // A rollback cannot be stopped, only fail; ECS stops anything else that a newer deployment overtakes.
  current.status = current.status === "ROLLBACK_IN_PROGRESS" ? "ROLLBACK_FAILED" : "STOP_REQUESTED";
  Object.assign(current, { statusReason: reason, updatedAt: now });
  if (current.status === "ROLLBACK_FAILED") current.finishedAt = now;
}

function newRevision({ state, world }: Engine, service: ServiceRecord, definition: TaskDefinitionRecord) {
  const revision: RevisionRecord = {
    arn: arn("ecs", service, `service-revision/${pathOf(service)}/${digits()}`),
    serviceArn: service.arn,
    clusterArn: service.clusterArn,
    taskDefinitionArn: definition.arn,
    createdAt: world.clock.now(),
    launchType: service.launchType,
    platformVersion: service.platformVersion,
    loadBalancers: structuredClone(service.loadBalancers),
    ...(service.networkConfiguration && { networkConfiguration: structuredClone(service.networkConfiguration) }),
    containerImages: (definition.input.containerDefinitions ?? []).map(({ name = "", image = "" }) => {
      const digest = world.registry.find(image)?.digest;
      return { containerName: name, image, ...(digest !== undefined && { imageDigest: digest }) };
    }),
  };
  state.revisions[revision.arn] = revision;
  state.save("revisions");
  return revision;
}

function hasTasks({ state, runs }: Engine, deploymentId: string): boolean {
  return [...runs.keys()].some((task) => state.tasks[task]?.startedBy === deploymentId);
}

function counts(revision: string, requested = 0): RevisionCounts {
  return { arn: revision, requested, running: 0, pending: 0 };
}

/** `cluster/service`, as in the ARNs of what belongs to a service. */
function pathOf(service: ServiceRecord): string {
  return `${service.clusterArn.split("/").at(-1)}/${service.name}`;
}
