import { explain, type Cause } from "../advice.ts";
import { updateServiceCommand } from "../aws-cli.ts";
import { shortArn, type Rollout } from "../ports.ts";
import type { Facts, Run } from "../steps/step.ts";

const evidence = (run: Run, facts: Facts) => ({
  taskDefinitionArn: run.taskDefinitionArn,
  tasks: facts.tasks,
  alarms: facts.alarms,
  targets: facts.targets,
  events: facts.service?.events,
  lines: facts.lines,
});

/** An alarm names no task; what the new version wrote while it went off says more than the alarm does. */
function withLines(cause: Cause, { lines = {} }: Facts): Cause {
  if (cause.kind !== "alarm" || cause.lines) return cause;
  const [taskArn, written] = Object.entries(lines).find(([, some]) => some.length > 0) ?? [];
  return taskArn && written ? { ...cause, taskArn, lines: written } : cause;
}

/** Why a rollout ended badly. What a person asked for is not a fault, and an earlier finding stands. */
export function causeOf(run: Run, facts: Facts, rollout: Rollout): Cause {
  if (run.cause) return run.cause;
  if (run.request) return explain({ kind: "stopped_by_person" });
  const stopped = rollout.status === "stopped" || rollout.status === "stop_requested";
  if (stopped && facts.service?.taskDefinitionArn !== run.taskDefinitionArn) return supersededCause(facts);
  if (rollout.rollback?.reason && /user request/i.test(rollout.rollback.reason))
    return explain({ kind: "stopped_outside" });
  return withLines(explain({ ...evidence(run, facts), rollout }), facts);
}

/** Why verification failed. */
export function verifyCause(run: Run, facts: Facts): Cause {
  return withLines(explain({ ...evidence(run, facts), kind: "verify" }), facts);
}

/** Somebody asked for it: not a fault, and yet the reason why it ended as it did. What was found before stands. */
export function personCause(run: Run): Cause {
  return run.cause ?? explain({ kind: "stopped_by_person" });
}

/** Another deployment of the ECS service, made outside the portal, took this one's place; names what ECS brings instead. */
export function supersededCause({ service }: Facts): Cause {
  const cause = explain({ kind: "superseded" });
  if (!service) return cause;
  const rollout = service.currentRolloutArn
    ? ` with the service deployment ${shortArn(service.currentRolloutArn)}`
    : "";
  return { ...cause, detail: `ECS now brings ${shortArn(service.taskDefinitionArn)}${rollout}. ${cause.detail}` };
}

/** Somebody deleted the ECS service: nothing is left to bring a release to, or to undo it on. */
export function deletedCause({ placement }: Run, status: string): Cause {
  const { ecsService, cluster } = placement;
  return {
    kind: "service_deleted",
    headline: `The ECS service ${ecsService} in ${cluster} was deleted.`,
    detail: `ECS calls it ${status}: it runs no tasks any more. That says nothing about the release.`,
    advice: "Create the service again in ECS under the same name, then deploy.",
  };
}

/**
 * An undo that did not work: why it was wanted, why it failed, and the command that brings the earlier version back
 * without the portal.
 */
export function undoFailedCause(run: Run, why: string): Cause {
  const arn = run.rollbackTaskDefinitionArn ?? run.previousTaskDefinitionArn;
  const first = run.cause ? `It was being undone because: ${run.cause.headline}` : "";
  return {
    ...(run.cause ?? {}),
    kind: arn ? "undo_failed" : "no_rollback_target",
    headline: why,
    detail: [first, "The version that was to be undone may still run, wholly or in part."].filter(Boolean).join(" "),
    advice: arn
      ? `Look at the ECS service's events, then bring the earlier version back: ${updateServiceCommand(run.placement, arn)}`
      : "Deploy a release that is known to work, or repair the service in ECS.",
  };
}
