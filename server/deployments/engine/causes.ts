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

/** Why a rollout ended badly. What a person asked for is not a fault, and an earlier finding stands. */
export function causeOf(run: Run, facts: Facts, rollout: Rollout): Cause {
  if (run.cause) return run.cause;
  if (run.request) return explain({ kind: "stopped_by_person" });
  const stopped = rollout.status === "stopped" || rollout.status === "stop_requested";
  if (stopped && facts.service?.taskDefinitionArn !== run.taskDefinitionArn) return explain({ kind: "superseded" });
  return explain({ ...evidence(run, facts), rollout });
}

/** Why verification failed. */
export function verifyCause(run: Run, facts: Facts): Cause {
  return explain({ ...evidence(run, facts), kind: "verify" });
}

/** Another deployment of the ECS service, made outside the portal, took this one's place. */
export function supersededCause(): Cause {
  return explain({ kind: "superseded" });
}
