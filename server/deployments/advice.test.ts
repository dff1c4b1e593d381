import { describe, expect, test } from "vitest";
import { explain, type Evidence } from "./advice.ts";
import type { Rollout, RuntimeTask } from "./ports.ts";

const arn = "arn:aws:ecs:us-east-1:000000000000:task-definition/qkart-backend-production:2";
const started = new Date("2026-11-01T10:00:00Z");
const seconds = (count: number) => new Date(started.getTime() + count * 1000);

let count = 0;
function task(given: Partial<RuntimeTask>): RuntimeTask {
  count += 1;
  return {
    arn: `task-${count}`,
    taskDefinitionArn: arn,
    startedBy: null,
    lastStatus: "STOPPED",
    desiredStatus: "STOPPED",
    healthStatus: "UNKNOWN",
    stopCode: null,
    stoppedReason: null,
    exitCode: null,
    containerReason: null,
    containerName: "backend",
    createdAt: started,
    startedAt: started,
    stoppedAt: seconds(2),
    ...given,
  };
}

const crash = {
  stopCode: "EssentialContainerExited",
  stoppedReason: "Essential container in task exited",
  exitCode: 1,
};
const unhealthy = {
  stopCode: "ServiceSchedulerInitiated",
  stoppedReason: "Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:x)",
  exitCode: 143,
};

function rollout(given: Partial<Rollout> = {}): Rollout {
  return {
    arn: "sd",
    status: "rollback_successful",
    statusReason: null,
    lifecycleStage: null,
    createdAt: started,
    startedAt: started,
    finishedAt: seconds(60),
    to: { taskDefinitionArn: arn, requested: 2, running: 0, pending: 0 },
    from: [],
    circuitBreaker: { status: "TRIGGERED", failures: 3, threshold: 3 },
    alarms: { status: "MONITORING", names: [], triggered: [] },
    rollback: {
      reason: "Service deployment rolled back because the circuit breaker threshold was exceeded.",
      startedAt: seconds(50),
      taskDefinitionArn: "old",
    },
    ...given,
  };
}

const byAlarm = (name: string): Evidence => ({
  rollout: rollout({
    circuitBreaker: { status: "MONITORING", failures: 0, threshold: 3 },
    alarms: { status: "TRIGGERED", names: [name, "other"], triggered: [name] },
  }),
  alarms: [
    { name, state: "ALARM", reason: "Threshold Crossed: 1 datapoint [21.0] was greater than 5.", since: started },
  ],
  tasks: [
    task({
      stopCode: "ServiceSchedulerInitiated",
      stoppedReason: "Scaling activity initiated by (deployment ecs-svc/1)",
      exitCode: 143,
    }),
  ],
});

const pullReason =
  "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref x/qkart-backend@sha256:1: not found";

const versions: [string, Evidence, string, string][] = [
  [
    "-crash",
    { rollout: rollout(), tasks: [task(crash), task(crash), task(crash)] },
    "exit_code",
    "The container `backend` exited with code 1 right after it started.",
  ],
  [
    "-oom",
    {
      rollout: rollout(),
      tasks: [
        task({ ...crash, exitCode: 137, containerReason: "OutOfMemoryError: Container killed due to memory usage" }),
      ],
    },
    "out_of_memory",
    "The container `backend` ran out of memory right after it started and was killed.",
  ],
  [
    "-oom without a reason",
    { rollout: rollout(), tasks: [task({ ...crash, exitCode: 137 })] },
    "out_of_memory",
    "The container `backend` was killed right after it started (exit code 137), as happens when memory runs out.",
  ],
  [
    "-unhealthy",
    { rollout: rollout(), tasks: [task(unhealthy)] },
    "health_check",
    "Tasks failed the load balancer's health check.",
  ],
  [
    "-unhealthy, with the target's words",
    {
      rollout: rollout(),
      tasks: [task(unhealthy)],
      targets: [
        {
          id: "t",
          state: "unhealthy",
          reason: "Target.ResponseCodeMismatch",
          description: "Health checks on /health failed with these codes: [503]",
        },
      ],
    },
    "health_check",
    "Tasks failed the load balancer's health check on /health: it answered 503.",
  ],
  [
    "-unhealthy, with the service's event",
    {
      rollout: rollout(),
      tasks: [task(unhealthy)],
      events: [
        {
          at: seconds(9),
          message:
            "(service s) (port 8081) is unhealthy in (target-group x) due to (reason Health checks failed with these codes: [503]).",
        },
      ],
    },
    "health_check",
    "Tasks failed the load balancer's health check: they answered 503.",
  ],
  [
    "-missing",
    {
      rollout: rollout(),
      tasks: [task({ stopCode: "TaskFailedToStart", stoppedReason: pullReason, startedAt: null })],
    },
    "image_pull",
    "The image of the container `backend` could not be pulled: the registry does not have it.",
  ],
  [
    "-errors",
    byAlarm("qkart-production-backend-errors"),
    "alarm",
    "The alarm qkart-production-backend-errors went into ALARM during the rollout.",
  ],
  [
    "-slow",
    byAlarm("qkart-production-backend-latency"),
    "alarm",
    "The alarm qkart-production-backend-latency went into ALARM during the rollout.",
  ],
  [
    "-flaky",
    { kind: "verify", tasks: [task(unhealthy)], taskDefinitionArn: arn },
    "health_check",
    "Tasks failed the load balancer's health check.",
  ],
];

describe("every fault version has its cause", () => {
  test.each(versions)("%s", (_name, evidence, kind, headline) => {
    const cause = explain(evidence);
    expect([cause.kind, cause.headline]).toEqual([kind, headline]);
    expect(cause.advice.length).toBeGreaterThan(20);
  });
});

const stops: [string, Partial<RuntimeTask>, string, RegExp][] = [
  [
    "a network without a way out",
    {
      stopCode: "TaskFailedToStart",
      stoppedReason: "CannotPullContainerError: request canceled while waiting for connection",
    },
    "image_pull",
    /could not be reached/,
  ],
  [
    "a registry's limit",
    {
      stopCode: "TaskFailedToStart",
      stoppedReason: "CannotPullContainerError: toomanyrequests: You have reached your pull rate limit",
    },
    "image_pull",
    /how often it may be asked/,
  ],
  [
    "a full disk",
    { stopCode: "TaskFailedToStart", stoppedReason: "CannotPullContainerError: no space left on device" },
    "image_pull",
    /disk is full/,
  ],
  [
    "a missing JSON key",
    {
      stopCode: "TaskFailedToStart",
      stoppedReason:
        "ResourceInitializationError: unable to pull secrets or registry auth: retrieved secret from Secrets Manager did not contain json key password",
    },
    "secrets",
    /JSON key/,
  ],
  [
    "a secret that is forbidden",
    {
      stopCode: "TaskFailedToStart",
      stoppedReason: "ResourceInitializationError: unable to pull secrets or registry auth: AccessDeniedException",
    },
    "secrets",
    /may not read a secret/,
  ],
  [
    "a secret that is missing",
    {
      stopCode: "TaskFailedToStart",
      stoppedReason:
        "ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: ResourceNotFoundException",
    },
    "secrets",
    /could not be fetched/,
  ],
  [
    "a log group that is missing",
    {
      stopCode: "TaskFailedToStart",
      stoppedReason:
        "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: The specified log group does not exist.",
    },
    "logs",
    /log group/,
  ],
  [
    "an EFS volume",
    {
      stopCode: "TaskFailedToStart",
      stoppedReason: "ResourceInitializationError: failed to invoke EFS utils commands",
    },
    "start",
    /volume/,
  ],
  [
    "another processor",
    { ...crash, exitCode: 1, containerReason: "exec format error" },
    "start",
    /not built for the processor/,
  ],
  ["a segmentation fault", { ...crash, exitCode: 139 }, "exit_code", /segmentation fault/],
  ["a main process that ends", { ...crash, exitCode: 0 }, "exit_code", /ended by itself/],
  ["a crash after minutes", { ...crash, stoppedAt: seconds(300) }, "exit_code", /code 1 after 5 minutes/],
  [
    "a container health check",
    { ...unhealthy, stoppedReason: "Task failed container health checks" },
    "health_check",
    /`backend` failed its own health check/,
  ],
  [
    "a Spot interruption",
    { stopCode: "SpotInterruption", stoppedReason: "Your Spot Task was interrupted.", exitCode: 143 },
    "infrastructure",
    /did nothing wrong/,
  ],
];

describe("every stop reason of the table has its advice", () => {
  test.each(stops)("%s", (_name, given, kind, headline) => {
    const cause = explain({ rollout: rollout(), tasks: [task(given)] });
    expect(cause.kind).toBe(kind);
    expect(cause.headline).toMatch(headline);
    expect(cause.detail).toContain(given.stoppedReason ?? given.containerReason ?? "");
  });
});

describe("choosing among what was seen", () => {
  test("counts alike deaths, tells what the breaker did, and takes the newest task whose lines are known", () => {
    const dead = [
      task({ ...crash, stoppedAt: seconds(9) }),
      task({ ...crash, stoppedAt: seconds(5) }),
      task({ ...crash, exitCode: 137, stoppedAt: seconds(11) }),
    ];
    const cause = explain({ rollout: rollout(), tasks: dead, lines: { [dead[1]?.arn ?? ""]: ["boom"] } });
    expect(cause).toMatchObject({ kind: "exit_code", taskArn: dead[1]?.arn, container: "backend", lines: ["boom"] });
    expect(cause.detail).toBe(
      "2 of 3 stopped tasks ended this way. The circuit breaker ended the rollout after 3 failed tasks. " +
        "ECS said: Essential container in task exited",
    );
  });

  test("leaves out other versions' tasks and those that were replaced or scaled in", () => {
    const others = [
      task({ ...crash, taskDefinitionArn: "other" }),
      task({
        stopCode: "ServiceSchedulerInitiated",
        stoppedReason: "Scaling activity initiated by (deployment x)",
        exitCode: 143,
      }),
      task({ stopCode: "UserInitiated", stoppedReason: "Task stopped by user", exitCode: 137 }),
      task({ lastStatus: "RUNNING", stoppedAt: null }),
    ];
    const cause = explain({ rollout: rollout(), tasks: others });
    expect(cause).toMatchObject({ kind: "unknown", headline: "The rollout failed, and ECS does not say why." });
    expect(cause.detail).toContain("circuit breaker threshold was exceeded");
  });

  test("blames the release before the infrastructure", () => {
    const spot = { stopCode: "SpotInterruption", stoppedReason: "Interrupted" };
    const cause = explain({ rollout: rollout(), tasks: [task(spot), task(spot), task(crash)] });
    expect(cause.kind).toBe("exit_code");
  });

  test("prefers the breaker's tasks to an alarm that went off meanwhile, and otherwise the alarm", () => {
    const alarms = { status: "TRIGGERED", names: ["a"], triggered: ["a"] };
    expect(explain({ rollout: rollout({ alarms }), tasks: [task(crash)] }).kind).toBe("exit_code");
    const calm = { status: "MONITORING", failures: 1, threshold: 3 };
    const cause = explain({ rollout: rollout({ alarms, circuitBreaker: calm }), tasks: [task(crash)] });
    expect(cause).toMatchObject({ kind: "alarm", alarms: ["a"] });
  });

  test("says when there was nothing to go back to, and still why", () => {
    const stuck = rollout({
      status: "stopped",
      rollback: null,
      statusReason: "No rollback candidate was found to run the rollback.",
    });
    expect(explain({ rollout: stuck }).kind).toBe("no_rollback_target");
    const cause = explain({ rollout: stuck, tasks: [task(crash)] });
    expect(cause.kind).toBe("exit_code");
    expect(cause.detail).toMatch(/^ECS found no completed deployment to return to/);
  });

  test("ignores events from before the rollout", () => {
    const events = [
      { at: seconds(-60), message: "(service s) is unhealthy in (target-group x) due to (reason Request timed out)" },
    ];
    expect(explain({ rollout: rollout(), tasks: [task(unhealthy)], events }).headline).toBe(
      "Tasks failed the load balancer's health check.",
    );
  });
});

describe("what verification finds", () => {
  test("an alarm after the rollout", () => {
    const alarms = [{ name: "errors", state: "ALARM" as const, reason: "", since: null }];
    const cause = explain({ kind: "verify", alarms });
    expect(cause.headline).toBe("The alarm errors went into ALARM after the rollout had succeeded.");
  });

  test("targets that time out before ECS has stopped their tasks", () => {
    const targets = [{ id: "t", state: "unhealthy", reason: "Target.Timeout", description: "Request timed out" }];
    expect(explain({ kind: "verify", targets })).toMatchObject({
      kind: "health_check",
      headline: "Tasks failed the load balancer's health check: they did not answer in time.",
    });
  });

  test("nothing in particular", () => {
    expect(explain({ kind: "verify" }).kind).toBe("verify");
  });
});

test.each(["superseded", "stopped_by_person"] as const)("%s needs no evidence", (kind) => {
  expect(explain({ kind }).kind).toBe(kind);
});
