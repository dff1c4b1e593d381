import { personCause, supersededCause, verifyCause } from "../engine/causes.ts";
import { deadTasks, linesOf, tasksSeen } from "../engine/observe.ts";
import type { ServiceState } from "../ports.ts";
import { askedInWords, awsElapsedMs, pollAwsMs, type Facts, type Run, type StepRunner } from "./step.ts";
import { isTimeUp } from "./time-limit.ts";

/** How long a new version is watched after ECS calls its rollout successful, in AWS milliseconds. */
export const verifyAwsMs = 60_000;

/** A service that does not have all its tasks after this long will not get them. */
const unsettledAwsMs = 10 * 60_000;

/**
 * Tasks that never ran belong to the rollout, whose circuit breaker has judged them, and one that died while ECS was
 * still at it was replaced. A second one, or one that dies now, is a version that does not stay up.
 */
function isDying(run: Run, { tasks = [] }: Facts): boolean {
  const ran = deadTasks(tasks, run.taskDefinitionArn).filter((task) => task.startedAt !== null);
  const since = ran.filter((task) => task.stoppedAt !== null && task.stoppedAt >= run.stepStartedAt);
  return ran.length > 1 || since.length > 0;
}

/** What changes when a task comes, goes or dies: ECS counts them, and writes an event for a new one. */
function shapeOf({ desiredCount, runningCount, pendingCount, events }: ServiceState): string {
  return [desiredCount, runningCount, pendingCount, events[0]?.id].join(" ");
}

export const verifyStep: StepRunner = {
  name: "verify",

  async observe(ports, run, look) {
    const { runtime } = ports;
    const service = await runtime.describeService(run.placement);
    const isLast = awsElapsedMs(run, look.at, look.scale) >= verifyAwsMs;
    const mustList = look.hasChanged(shapeOf(service)) || isLast || look.known() === undefined;
    const [seen, alarms, ...groups] = await Promise.all([
      tasksSeen(ports, run, look, mustList),
      service.alarmNames.length > 0 ? runtime.alarms(run.placement, service.alarmNames) : [],
      ...service.targetGroupArns.map((arn) => runtime.targetHealth(run.placement, arn)),
    ]);
    const lines = await linesOf(ports, run, deadTasks(seen.tasks ?? [], run.taskDefinitionArn));
    return { service, ...seen, alarms, targets: groups.flat(), lines };
  },

  next(run, facts, now, scale) {
    if (run.request) return { do: "undo", cause: personCause(run), reason: askedInWords(run) };
    if (facts.service && facts.service.taskDefinitionArn !== run.taskDefinitionArn) {
      const cause = supersededCause(facts);
      return { do: "end", status: "superseded", reason: cause.headline, cause };
    }
    // An alarm that burned before was accepted with an override: it says nothing about this release.
    const alarms = facts.alarms?.filter((one) => !run.alarmsAtStart.includes(one.name));
    const alarm = alarms?.some((one) => one.state === "ALARM");
    if (alarm || isDying(run, facts)) {
      const cause = verifyCause(run, { ...facts, alarms: alarms ?? [] });
      return { do: "undo", cause, reason: cause.headline };
    }
    if (awsElapsedMs(run, now, scale) < verifyAwsMs || facts.areTasksOld) return { do: "wait", awsMs: pollAwsMs };
    const { service } = facts;
    if (service && service.runningCount < service.desiredCount) {
      if (!isTimeUp(run, facts, { limitAwsMs: unsettledAwsMs, now, scale })) return { do: "wait", awsMs: pollAwsMs };
      const cause = verifyCause(run, facts);
      return { do: "undo", cause, reason: `Only ${service.runningCount} of ${service.desiredCount} tasks run.` };
    }
    if (service?.desiredCount === 0) {
      const reason = "The service wants no tasks, so nothing was tried: the release is not called good.";
      return { do: "end", status: "succeeded", reason, cause: null };
    }
    return { do: "advance", to: "finish", reason: "No task failed, no alarm went off." };
  },
};
