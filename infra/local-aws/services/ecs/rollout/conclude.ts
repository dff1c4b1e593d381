import type { Engine } from "../engine.ts";
import { digits } from "../ids.ts";
import type { ServiceDeploymentRecord } from "../records/service-deployment.ts";
import type { DeploymentRecord, ServiceRecord } from "../records/service.ts";
import { NO_FAILURES } from "../scheduler/breaker.ts";
import type { Cause, Decision } from "../scheduler/view.ts";
import { noteEvent } from "./events.ts";
import { because, rollbackReason } from "./reasons.ts";

type Ending<Kind> = Extract<Decision, { kind: Kind }>;
type Parts = { engine: Engine; service: ServiceRecord; primary: DeploymentRecord; current: ServiceDeploymentRecord };

/** Carries out a verdict on the deployment in progress. */
export function conclude(
  owner: Omit<Parts, "current">,
  verdict: Ending<"bake" | "complete" | "fail" | "roll-back">,
): void {
  const { engine, service, primary } = owner;
  const current = engine.state.deployments[service.currentServiceDeployment ?? ""];
  if (!current) throw new Error(`service ${service.name} deploys without a service deployment`);
  const parts = { ...owner, current };
  switch (verdict.kind) {
    case "bake":
      primary.bakeUntil = verdict.until;
      current.lifecycleStage = "BAKE_TIME";
      if (current.breaker.status === "MONITORING") current.breaker.status = "MONITORING_COMPLETE";
      return;
    case "complete":
      return complete(parts);
    case "fail":
      return fail(parts, verdict);
    case "roll-back":
      return rollBack(parts, verdict);
  }
}

/** Everything that was to run runs and is healthy. */
function complete({ engine, service, primary, current }: Parts): void {
  const now = engine.world.clock.now();
  Object.assign(primary, {
    rollout: "COMPLETED",
    rolloutReason: `ECS deployment ${primary.id} completed.`,
    updatedAt: now,
  });
  service.completedRevision = primary.revisionArn;
  Object.assign(current, {
    status: primary.isRollback ? "ROLLBACK_SUCCESSFUL" : "SUCCESSFUL",
    lifecycleStage: "CLEAN_UP",
    finishedAt: now,
    updatedAt: now,
  });
  if (!primary.isRollback) delete current.statusReason;
  endMonitors(current);
  noteEvent(engine, service.arn, `(deployment ${primary.id}) deployment completed.`);
}

/** The deployment has failed and stays as it is: nobody wanted a rollback, or there is nothing to return to. */
function fail({ engine, service, primary, current }: Parts, ending: Ending<"fail">): void {
  const now = engine.world.clock.now();
  Object.assign(primary, { rollout: "FAILED", rolloutReason: because(ending.because, current), updatedAt: now });
  trip(current, ending.because, primary);
  endMonitors(current);
  const noTarget = ending.noTarget ? " There is no rollback target: no earlier deployment has completed." : "";
  const statusReason = rollbackReason(ending.because, current).replace("rolled back", "failed") + noTarget;
  if (primary.isRollback) Object.assign(current, { status: "ROLLBACK_FAILED", finishedAt: now });
  else current.status = "STOP_REQUESTED";
  Object.assign(current, { statusReason, updatedAt: now });
  noteEvent(engine, service.arn, `(deployment ${primary.id}) deployment failed: ${failure(ending.because)}`);
}

/** The last completed revision becomes PRIMARY again, with what still runs of it. */
function rollBack({ engine, service, primary, current }: Parts, { because: cause, to }: Ending<"roll-back">): void {
  const { state, world } = engine;
  const revision = state.revisions[to];
  if (!revision) return fail({ engine, service, primary, current }, { kind: "fail", because: cause, noTarget: true });
  const now = world.clock.now();
  trip(current, cause, primary);
  Object.assign(primary, { rollout: "FAILED", rolloutReason: because(cause, current), updatedAt: now });
  const known = service.deployments.find(({ revisionArn }) => revisionArn === to);
  const id = known?.id ?? `ecs-svc/${digits()}`;
  const target: DeploymentRecord = {
    id,
    revisionArn: to,
    taskDefinitionArn: revision.taskDefinitionArn,
    createdAt: known?.createdAt ?? now,
    updatedAt: now,
    rollout: "IN_PROGRESS",
    rolloutReason: because(cause, current).replace(/[^:]*\.$/, ` rolling back to deploymentId ${id}.`),
    isRollback: true,
    counters: NO_FAILURES,
  };
  service.deployments = [target, ...service.deployments.filter((other) => other !== known)];
  service.loadBalancers = structuredClone(revision.loadBalancers);
  service.platformVersion = revision.platformVersion;
  if (revision.networkConfiguration) service.networkConfiguration = structuredClone(revision.networkConfiguration);
  else delete service.networkConfiguration;
  // What is being deployed again is no longer a completed deployment that a further rollback could return to.
  delete service.completedRevision;
  const reason = rollbackReason(cause, current);
  Object.assign(current, {
    status: "ROLLBACK_IN_PROGRESS",
    statusReason: reason,
    lifecycleStage: "SCALE_UP",
    rollback: { reason, startedAt: now, serviceRevisionArn: to },
    updatedAt: now,
  });
  noteEvent(engine, service.arn, `(deployment ${primary.id}) deployment failed: ${failure(cause)}`);
  noteEvent(engine, service.arn, `rolling back to (deployment ${id}).`);
}

function trip(current: ServiceDeploymentRecord, cause: Cause, primary: DeploymentRecord): void {
  if (primary.isRollback) return;
  if (cause === "breaker")
    current.breaker = { ...current.breaker, status: "TRIGGERED", failureCount: primary.counters.failed };
  if (cause === "alarm") current.alarms.status = "TRIGGERED";
  endMonitors(current);
}

function endMonitors({ breaker, alarms }: ServiceDeploymentRecord): void {
  if (breaker.status === "MONITORING") breaker.status = "MONITORING_COMPLETE";
  if (alarms.status === "MONITORING") alarms.status = "MONITORING_COMPLETE";
}

function failure(cause: Cause): string {
  if (cause === "alarm") return "alarm detected.";
  return cause === "breaker" ? "tasks failed to start." : "stopped by the user.";
}
