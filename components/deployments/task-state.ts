import type { StateKind } from "#components/ui/state-mark.tsx";
import type { TaskDto } from "#server/services/schema.ts";

type Facts = Pick<TaskDto, "lastStatus" | "desiredStatus" | "healthStatus" | "exitCode" | "stopCode">;

/** Stop codes of tasks that somebody asked to stop: a scale-in, a deployment, a person. */
const asked = new Set(["ServiceSchedulerInitiated", "UserInitiated", "TerminationNotice"]);

/** The state of a task in our shapes and one or two words. */
export function taskState(task: Facts): { kind: StateKind; word: string } {
  const { lastStatus, desiredStatus, healthStatus, exitCode, stopCode } = task;
  if (lastStatus === "STOPPED") {
    const isCalm =
      exitCode === 0 || (stopCode !== null && asked.has(stopCode) && (exitCode === null || exitCode >= 128));
    return isCalm ? { kind: "unknown", word: "stopped" } : { kind: "failed", word: "died" };
  }
  if (desiredStatus === "STOPPED") return { kind: "moving", word: "stopping" };
  if (lastStatus !== "RUNNING") return { kind: "moving", word: "starting" };
  if (healthStatus === "UNHEALTHY") return { kind: "failed", word: "unhealthy" };
  return healthStatus === "HEALTHY" ? { kind: "ok", word: "healthy" } : { kind: "ok", word: "running" };
}
