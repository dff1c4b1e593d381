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

  test("whose alarms are switched off has none that guard it", () => {
    const alarms = { alarmNames: ["errors"], enable: false, rollback: true };
    expect(toServiceState({ deploymentConfiguration: { alarms } }).alarmNames).toEqual([]);
    expect(toServiceState({ deploymentConfiguration: { alarms: { ...alarms, enable: true } } }).alarmNames).toEqual([
      "errors",
    ]);
  });
});
