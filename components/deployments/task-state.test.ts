import { expect, test } from "vitest";
import { taskState } from "./task-state.ts";

const task = {
  lastStatus: "RUNNING",
  desiredStatus: "RUNNING",
  healthStatus: "UNKNOWN",
  exitCode: null,
  stopCode: null,
};

test.each([
  [{}, "running"],
  [{ healthStatus: "HEALTHY" }, "healthy"],
  [{ healthStatus: "UNHEALTHY" }, "unhealthy"],
  [{ lastStatus: "PENDING" }, "starting"],
  [{ desiredStatus: "STOPPED" }, "stopping"],
  [{ lastStatus: "STOPPED", desiredStatus: "STOPPED", exitCode: 1, stopCode: "EssentialContainerExited" }, "died"],
  [
    { lastStatus: "STOPPED", desiredStatus: "STOPPED", exitCode: 143, stopCode: "ServiceSchedulerInitiated" },
    "stopped",
  ],
  [{ lastStatus: "STOPPED", desiredStatus: "STOPPED", exitCode: 137, stopCode: "EssentialContainerExited" }, "died"],
  [{ lastStatus: "STOPPED", desiredStatus: "STOPPED", exitCode: null, stopCode: "TaskFailedToStart" }, "died"],
])("%o is %s", (facts, word) => expect(taskState({ ...task, ...facts }).word).toBe(word));
