import { personCause, supersededCause } from "./causes.ts";
import { askedInWords, type Decision, type Facts, type Run } from "../steps/step.ts";

/** ECS keeps service deployments for a while only: after a long outage what the service runs has to tell the rest. */
const words = "ECS no longer remembers this rollout.";

const byPerson = ({ request }: Run) => (request === "cancel" ? "cancelled" : "rolled_back");

/** Whether the service has all the tasks that it wants. */
const isWhole = (service: Facts["service"]) => service !== undefined && service.runningCount >= service.desiredCount;

function superseded(facts: Facts): Decision {
  const cause = supersededCause(facts);
  return {
    do: "end",
    status: "superseded",
    reason: `${words} ${cause.headline}`,
    cause: { ...cause, detail: `${words} ${cause.detail}` },
  };
}

/**
 * How a rollout ended that ECS has forgotten, by what the service runs now. What it brought goes on to be verified,
 * which waits for all tasks and judges them.
 */
export function forgottenRollout(run: Run, facts: Facts): Decision {
  const { service } = facts;
  const isUndone = run.request !== null || run.status === "rolling_back";
  if (service?.taskDefinitionArn === run.taskDefinitionArn) {
    if (isUndone) return { do: "undo", cause: personCause(run), reason: `${words} ${askedInWords(run)}` };
    return {
      do: "advance",
      to: "verify",
      reason: `${words} The service runs what it was to bring${isWhole(service) ? ", with all its tasks" : ""}.`,
    };
  }
  if (service?.taskDefinitionArn !== run.previousTaskDefinitionArn) return superseded(facts);
  const cause = {
    kind: "forgotten",
    headline: `${words} The service runs the earlier version again.`,
    detail: "ECS undid the rollout, or somebody did outside the portal, while nobody could look: why is not known.",
    advice: "Look at the log of the new version around the time of the rollout before deploying it again.",
  };
  return {
    do: "end",
    status: byPerson(run),
    reason: cause.headline,
    cause: run.cause ?? (isUndone ? personCause(run) : cause),
  };
}

/** How an undo of our own ended that ECS has forgotten; undefined while its tasks are still missing. */
export function forgottenUndo(run: Run, facts: Facts): Decision | undefined {
  if (facts.service?.taskDefinitionArn !== run.rollbackTaskDefinitionArn) return superseded(facts);
  if (!isWhole(facts.service)) return undefined;
  return {
    do: "end",
    status: byPerson(run),
    reason: `${words} The earlier task definition runs again.`,
    cause: run.cause,
  };
}
