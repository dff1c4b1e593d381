import { explain, type Cause } from "../advice.ts";
import type { Rollout } from "../ports.ts";
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
  if (stopped && facts.service?.taskDefinitionArn !== run.taskDefinitionArn) return explain({ kind: "superseded" });
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

/** Another deployment of the ECS service, made outside the portal, took this one's place. */
export function supersededCause(): Cause {
  return explain({ kind: "superseded" });
}
