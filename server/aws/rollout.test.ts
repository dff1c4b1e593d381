import type { ServiceDeployment } from "@aws-sdk/client-ecs";
import { expect, test } from "vitest";
import { revisionArns, toRollout } from "./rollout.ts";

const base: ServiceDeployment = {
  serviceDeploymentArn: "sd",
  createdAt: new Date(1),
  targetServiceRevision: { arn: "r2", requestedTaskCount: 2, runningTaskCount: 1, pendingTaskCount: 1 },
  sourceServiceRevisions: [{ arn: "r1", runningTaskCount: 2 }, { arn: "forgotten" }],
};
const definitions = new Map([
  ["r1", "td:1"],
  ["r2", "td:2"],
]);

test("reads a rollback with its breaker, alarms and the task definition it goes back to", () => {
  const deployment: ServiceDeployment = {
    ...base,
    status: "ROLLBACK_SUCCESSFUL",
    finishedAt: new Date(9),
    rollback: { reason: "because", startedAt: new Date(5), serviceRevisionArn: "r1" },
    deploymentCircuitBreaker: { status: "TRIGGERED", failureCount: 3, threshold: 3 },
    alarms: { status: "TRIGGERED", alarmNames: ["a", "b"], triggeredAlarmNames: ["b"] },
  };
  expect(revisionArns(deployment)).toEqual(["r2", "r1", "forgotten", "r1"]);
  expect(toRollout(deployment, definitions)).toEqual({
    arn: "sd",
    status: "rollback_successful",
    statusReason: null,
    lifecycleStage: null,
    createdAt: new Date(1),
    startedAt: null,
    finishedAt: new Date(9),
    to: { taskDefinitionArn: "td:2", requested: 2, running: 1, pending: 1 },
    from: [{ taskDefinitionArn: "td:1", requested: 0, running: 2, pending: 0 }],
    circuitBreaker: { status: "TRIGGERED", failures: 3, threshold: 3 },
    alarms: { status: "TRIGGERED", names: ["a", "b"], triggered: ["b"] },
    rollback: { reason: "because", startedAt: new Date(5), taskDefinitionArn: "td:1" },
  });
});

test("takes statuses and stages that do not exist yet", () => {
  // The SDK's types list today's values; AWS adds to them without notice.
  const deployment = {
    ...base,
    status: "REHEARSING",
    lifecycleStage: "PRE_PRODUCTION_TRAFFIC_SHIFT",
  } as unknown as ServiceDeployment;
  const rollout = toRollout(deployment, definitions);
  expect([rollout.status, rollout.lifecycleStage]).toEqual(["in_progress", "PRE_PRODUCTION_TRAFFIC_SHIFT"]);
});

test("is tried again while ECS does not resolve the target", () => {
  expect(() => toRollout(base, new Map())).toThrow(expect.objectContaining({ kind: "unknown", retryable: true }));
});
