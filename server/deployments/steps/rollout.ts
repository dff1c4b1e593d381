import type { Rollout } from "../ports.ts";
import { isHalfWay, pollAwsMs, type Decision, type Facts, type Run, type StepRunner } from "./step.ts";
import { forgottenRollout } from "../engine/forgotten.ts";
import { causeOf, personCause, supersededCause, undoFailedCause } from "../engine/causes.ts";
import { isUnderWay, observeBefore, observeRollout } from "../engine/observe.ts";
import { isTimeUp } from "./time-limit.ts";

/** A rollout that has not ended after this long is undone: ECS without a circuit breaker retries for ever. */
const rolloutTimeoutAwsMs = 60 * 60_000;

/** A rollout that ECS does not show this long after the step began will not come. */
const unseenTimeoutAwsMs = 15 * 60_000;

/**
 * Somebody brought something else here since the gates looked: our UpdateService would stop theirs half way, with
 * nobody to say so. What the gates saw may be replaced; and what this one took the place of is no stranger.
 */
function isOvertaken(
  { tookPlace, taskDefinitionArn, previousTaskDefinitionArn: seen }: Run,
  service: Facts["service"],
): boolean {
  return (
    service !== undefined &&
    !tookPlace &&
    seen !== null &&
    ![seen, taskDefinitionArn].includes(service.taskDefinitionArn)
  );
}

function begin(run: Run, facts: Facts, now: Date, scale: number): Decision | undefined {
  const { taskDefinition, taskDefinitionArn } = run;
  if (!taskDefinition) throw new Error(`${run.id} reached the rollout without a task definition`);
  const started = taskDefinitionArn !== null && facts.service?.taskDefinitionArn === taskDefinitionArn;
  if (run.request && !started) {
    const isOver = !run.startTried || isTimeUp(run, facts, { limitAwsMs: unseenTimeoutAwsMs, now, scale });
    if (!isOver) return { do: "wait", awsMs: pollAwsMs };
    const cause = personCause(run);
    if (isHalfWay(run, facts.service)) return { do: "undo", cause, reason: "Cancelled after it took another's place." };
    return { do: "end", status: "cancelled", reason: "Cancelled before the rollout began.", cause };
  }
  if (isOvertaken(run, facts.service)) {
    const cause = supersededCause(facts);
    return { do: "end", status: "superseded", reason: cause.headline, cause };
  }
  if (!taskDefinitionArn) {
    const tag = `${run.deploymentId}/${run.id}`;
    return { do: "act", act: { name: "register", definition: taskDefinition, tag, into: "taskDefinitionArn" } };
  }
  const tried = { startTried: true } as const;
  // Somebody else may have started what was registered: then it is followed like our own.
  if (started) return run.startTried ? undefined : { do: "note", patch: tried };
  return { do: "act", act: { name: "start", taskDefinitionArn }, ...(run.startTried ? {} : { first: tried }) };
}

function whileMoving(run: Run, rollout: Rollout, isLate: boolean): Decision {
  const wait: Decision = { do: "wait", awsMs: pollAwsMs };
  if (rollout.status === "rollback_requested" || rollout.status === "rollback_in_progress") {
    return run.status === "rolling_back" ? wait : { ...wait, patch: { status: "rolling_back" } };
  }
  const stop: Decision = {
    do: "act",
    act: { name: "stop", rolloutArn: rollout.arn },
    patch: { status: "rolling_back" },
  };
  if (run.request && run.status !== "rolling_back") return stop;
  if (run.status !== "rolling_back" && isLate) {
    const cause = {
      kind: "timeout",
      headline: "The rollout did not end within an hour.",
      detail: rollout.statusReason ?? "ECS kept trying.",
      advice: "Look at the tasks and events. Switch on the service's circuit breaker, so that ECS gives up sooner.",
    };
    return { ...stop, patch: { status: "rolling_back", cause } };
  }
  return wait;
}

function whenOver(run: Run, rollout: Rollout, facts: Facts): Decision {
  const cause = causeOf(run, facts, rollout);
  const byPerson = run.request === "cancel" ? "cancelled" : "rolled_back";
  switch (rollout.status) {
    case "successful":
      if (run.request || run.status === "rolling_back") {
        return { do: "undo", cause, reason: "The rollout had already succeeded when the stop arrived." };
      }
      return { do: "advance", to: "verify", reason: "ECS reports the service deployment as successful." };
    case "rollback_successful":
      // ECS returns to what it last completed, which may be what this one took the place of.
      if (isHalfWay(run, facts.service))
        return { do: "undo", cause, reason: "ECS returned to what had not been verified." };
      return { do: "end", status: byPerson, reason: rollout.rollback?.reason ?? "ECS rolled the service back.", cause };
    case "rollback_failed": {
      const reason = rollout.statusReason ?? "ECS could not roll back.";
      return { do: "end", status: "rollback_failed", reason, cause: undoFailedCause({ ...run, cause }, reason) };
    }
    default:
      if (run.status === "rolling_back" && facts.service?.taskDefinitionArn === run.previousTaskDefinitionArn) {
        return { do: "end", status: byPerson, reason: "ECS stopped the rollout and runs the earlier version.", cause };
      }
      if (
        facts.service?.taskDefinitionArn === run.taskDefinitionArn ||
        (run.status === "rolling_back" && isHalfWay(run, facts.service))
      ) {
        return { do: "undo", cause, reason: "ECS stopped the rollout without rolling back." };
      }
      return {
        do: "end",
        status: "superseded",
        reason: "Another deployment of the ECS service took its place.",
        // Whatever was asked for meanwhile, this is what happened.
        cause: supersededCause(facts),
      };
  }
}

/** ECS took UpdateService, runs what it was told, and shows no service deployment of it. */
function unseen(run: Run): Decision {
  const cause = {
    kind: "timeout",
    headline: "ECS was told to bring the release, and shows no service deployment of it.",
    detail: "Without one nothing says whether the rollout worked. The service's task definition is the new one.",
    advice: "Look at the ECS service itself. What ran before is brought back.",
  };
  return { do: "undo", cause: run.cause ?? cause, reason: cause.headline };
}

export const rolloutStep: StepRunner = {
  name: "rollout",

  observe: (ports, run, look) =>
    run.startTried || run.rolloutArn
      ? observeRollout(ports, run, look, { arn: run.rolloutArn, taskDefinitionArn: run.taskDefinitionArn })
      : observeBefore(ports, run, look),

  next(run, facts, now, scale) {
    if (!run.rolloutArn) {
      // A rollout that exists proves UpdateService, even when the service was moved on or back since.
      if (facts.rollout) return { do: "note", patch: { rolloutArn: facts.rollout.arn } };
      const first = begin(run, facts, now, scale);
      if (first) return first;
      if (isTimeUp(run, facts, { limitAwsMs: unseenTimeoutAwsMs, now, scale })) {
        return unseen(run);
      }
      return { do: "wait", awsMs: pollAwsMs / 3 };
    }
    const { rollout } = facts;
    if (!rollout) return facts.isForgotten ? forgottenRollout(run, facts) : { do: "wait", awsMs: pollAwsMs };
    if (!isUnderWay(rollout)) return whenOver(run, rollout, facts);
    return whileMoving(run, rollout, isTimeUp(run, facts, { limitAwsMs: rolloutTimeoutAwsMs, now, scale }));
  },
};
