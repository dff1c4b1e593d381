import type { Service } from "@aws-sdk/client-ecs";
import { describe, expect, test } from "vitest";
import { toServiceState } from "./services.ts";

const current = "arn:aws:ecs:us-east-1:000000000000:service-deployment/c/s/1";

describe("a service", () => {
  test("has AWS's own defaults where it says nothing", () => {
    expect(toServiceState({})).toEqual({
      status: "UNKNOWN",
      taskDefinitionArn: "",
      desiredCount: 0,
      runningCount: 0,
      pendingCount: 0,
      minimumHealthyPercent: 100,
      maximumPercent: 200,
      circuitBreaker: { enabled: false, rollback: false },
      alarmNames: [],
      targetGroupArns: [],
      deployable: "It is not active.",
      currentRolloutArn: null,
      events: [],
    });
    const daemon = toServiceState({ schedulingStrategy: "DAEMON" });
    expect([daemon.minimumHealthyPercent, daemon.maximumPercent]).toEqual([0, 100]);
  });

  test.each([
    ["IN_PROGRESS", current],
    ["COMPLETED", null],
    ["FAILED", null],
    [undefined, current],
  ] as const)("with a primary deployment that is %s", (rolloutState, expected) => {
    const deployments: Service["deployments"] = [
      { status: "ACTIVE", rolloutState: "COMPLETED" },
      { status: "PRIMARY", ...(rolloutState ? { rolloutState } : {}) },
    ];
    expect(toServiceState({ currentServiceDeployment: current, deployments }).currentRolloutArn).toBe(expected);
  });

  test.each([
    [{ status: "ACTIVE" }, true],
    [{ status: "DRAINING" }, "It is draining."],
    [
      { status: "ACTIVE", deploymentController: { type: "CODE_DEPLOY" } },
      "It is deployed by CODE_DEPLOY; the portal needs the deployment controller ECS.",
    ],
    [
      { status: "ACTIVE", deploymentController: { type: "EXTERNAL" } },
      "It is deployed by EXTERNAL; the portal needs the deployment controller ECS.",
    ],
    [{ status: "ACTIVE", schedulingStrategy: "DAEMON" }, "It is a daemon; the portal deploys replicas."],
  ] as const)("that says %j can be deployed to: %s", (service, expected) => {
    expect(toServiceState(service).deployable).toBe(expected);
  });

  test("whose alarms are switched off has none that guard it", () => {
    const alarms = { alarmNames: ["errors"], enable: false, rollback: true };
    expect(toServiceState({ deploymentConfiguration: { alarms } }).alarmNames).toEqual([]);
    expect(toServiceState({ deploymentConfiguration: { alarms: { ...alarms, enable: true } } }).alarmNames).toEqual([
      "errors",
    ]);
  });
});
