import type { Rollout } from "../ports.ts";
import { pollAwsMs, type Decision, type Facts, type Run, type StepRunner } from "./step.ts";
import { forgottenUndo } from "../engine/forgotten.ts";
import { supersededCause, undoFailedCause } from "../engine/causes.ts";
import { observeRollout } from "../engine/observe.ts";
import { isTimeUp } from "./time-limit.ts";

const timeoutAwsMs = 60 * 60_000;

function failed(run: Run, reason: string): Decision {
  return { do: "end", status: "rollback_failed", reason, cause: undoFailedCause(run, reason) };
}

/** Whether somebody brought something else here meanwhile: that is theirs, and not ours to undo. */
function isOvertaken(run: Run, service: Facts["service"]): boolean {
  const ours = [run.taskDefinitionArn, run.previousTaskDefinitionArn, run.rollbackTaskDefinitionArn];
  return service !== undefined && !run.tookPlace && !ours.includes(service.taskDefinitionArn);
}

function begin(run: Run, serviceTaskDefinitionArn: string | undefined): Decision | undefined {
  if (!run.previousTaskDefinition) {
    return failed(run, "There is no earlier task definition to return to.");
  }
  if (!run.rollbackTaskDefinitionArn) {
    const tag = `${run.deploymentId}/${run.id}/rollback`;
    const into = "rollbackTaskDefinitionArn";
    return { do: "act", act: { name: "register", definition: run.previousTaskDefinition, tag, into } };
  }
  if (serviceTaskDefinitionArn === run.rollbackTaskDefinitionArn) return undefined;
  return { do: "act", act: { name: "start", taskDefinitionArn: run.rollbackTaskDefinitionArn } };
}

function judge(run: Run, rollout: Rollout, facts: Facts, now: Date, scale: number): Decision {
  const over = run.request === "cancel" ? "cancelled" : "rolled_back";
  switch (rollout.status) {
    case "successful":
      return { do: "end", status: over, reason: "The earlier task definition runs again.", cause: run.cause };
    case "stopped":
      if (facts.service && facts.service.taskDefinitionArn !== run.rollbackTaskDefinitionArn) {
        const cause = supersededCause(facts);
        return { do: "end", status: "superseded", reason: cause.headline, cause };
      }
      return failed(run, rollout.statusReason ?? "ECS stopped bringing the earlier task definition back.");
    case "rollback_successful":
    case "rollback_failed":
      return failed(run, rollout.statusReason ?? "ECS could not bring the earlier task definition back.");
    default:
      if (isTimeUp(run, facts, { limitAwsMs: timeoutAwsMs, now, scale }))
        return failed(run, "The rollback did not end within an hour.");
      return { do: "wait", awsMs: pollAwsMs };
  }
}

/** Brings the previous task definition back with a rollout of our own, when ECS can no longer do it. */
export const rollbackStep: StepRunner = {
  name: "rollback",

  observe: (ports, run, look) =>
    observeRollout(ports, run, look, { arn: run.rollbackRolloutArn, taskDefinitionArn: run.rollbackTaskDefinitionArn }),

  next(run, facts, now, scale) {
    if (run.rollbackRolloutArn && facts.rollout) return judge(run, facts.rollout, facts, now, scale);
    if (facts.rollout) return { do: "note", patch: { rollbackRolloutArn: facts.rollout.arn } };
    const end = facts.isForgotten ? forgottenUndo(run, facts) : undefined;
    if (end) return end;
    if (isTimeUp(run, facts, { limitAwsMs: timeoutAwsMs, now, scale })) {
      return failed(run, "ECS did not begin the rollback within an hour.");
    }
    if (isOvertaken(run, facts.service)) {
      const cause = supersededCause(facts);
      return { do: "end", status: "superseded", reason: cause.headline, cause };
    }
    return begin(run, facts.service?.taskDefinitionArn) ?? { do: "wait", awsMs: pollAwsMs / 3 };
  },
};
