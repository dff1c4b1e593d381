import { RunTaskCommand, StopTaskCommand, type ContainerDefinition } from "@aws-sdk/client-ecs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startWorkbench, until, type Workbench } from "./ecs-workbench.ts";
import { isRemote, type Local } from "./local.ts";

describe.skipIf(isRemote)("tasks", { timeout: 180_000 }, () => {
  let local: Local;
  let bench: Workbench;
  let logging: ContainerDefinition;
  beforeAll(async () => {
    ({ local, bench } = await startWorkbench());
    logging = await bench.logGroup("/test/tasks");
  });
  afterAll(() => local.stop());

  const command = (...words: string[]) => ({ overrides: { containerOverrides: [{ name: "app", command: words }] } });

  test("pass through their states with a timestamp for each, and end with their exit code", async () => {
    const definition = await bench.register("passing", "1.0.0");
    const task = await bench.run(definition, { ...command("exit", "3"), startedBy: "somebody" });
    expect(task).toMatchObject({
      lastStatus: "STOPPED",
      desiredStatus: "STOPPED",
      group: "family:passing",
      startedBy: "somebody",
      stopCode: "EssentialContainerExited",
      stoppedReason: "Essential container in task exited",
      containers: [{ name: "app", lastStatus: "STOPPED", exitCode: 3, imageDigest: expect.stringMatching(/^sha256:/) }],
    });
    const { createdAt, pullStartedAt, pullStoppedAt, stoppingAt, executionStoppedAt, stoppedAt } = task;
    const moments = [createdAt, pullStartedAt, pullStoppedAt, stoppingAt, executionStoppedAt, stoppedAt];
    expect(moments.map(Number)).toEqual(moments.map(Number).sort((a, b) => a - b));
    expect(task.version).toBeGreaterThan(3);
  });

  test("see the image's environment, the definition's and the call's, and the platform's", async () => {
    const definition = await bench.register("seeing", "1.2.3", {
      ...logging,
      environment: [
        { name: "COLOUR", value: "red" },
        { name: "SIZE", value: "small" },
      ],
    });
    const names = ["VERSION", "COLOUR", "SIZE", "ECS_CLUSTER", "ECS_TASK_FAMILY", "TIME_SCALE", "DATABASE_URL", "PORT"];
    const environment = [{ name: "SIZE", value: "large" }];
    const overrides = { containerOverrides: [{ name: "app", command: ["print", ...names], environment }] };
    const task = await bench.run(definition, { overrides });
    const [, printed] = await bench.lines("/test/tasks", task.taskArn);
    expect(JSON.parse(printed ?? "")).toEqual({
      VERSION: "1.2.3",
      COLOUR: "red",
      SIZE: "large",
      ECS_CLUSTER: "test",
      ECS_TASK_FAMILY: "seeing",
      TIME_SCALE: "60",
      DATABASE_URL: null,
      PORT: expect.stringMatching(/^\d+$/),
    });
  });

  test("with the same client token run once", async () => {
    const taskDefinition = await bench.register("once", "1.0.0");
    const input = { cluster: bench.cluster, taskDefinition, clientToken: "release-1", ...command("exit", "0") };
    const [first, second] = [
      await bench.ecs.send(new RunTaskCommand(input)),
      await bench.ecs.send(new RunTaskCommand(input)),
    ];
    expect(second.tasks?.[0]?.taskArn).toBe(first.tasks?.[0]?.taskArn);
    const effects = local.world.journal.read({ service: "ecs", action: "RunTask" }).slice(-2);
    expect(effects.map(({ effect }) => effect)).toEqual(["changed", "none"]);
    const other = new RunTaskCommand({ ...input, ...command("exit", "1") });
    await expect(bench.ecs.send(other)).rejects.toMatchObject({ name: "ConflictException" });
  });

  test("are refused with overrides of more than 8,192 characters, or too long a client token", async () => {
    const taskDefinition = await bench.register("limits", "1.0.0");
    const run = (more: object) =>
      bench.ecs.send(new RunTaskCommand({ cluster: bench.cluster, taskDefinition, ...more }));
    await expect(run(command("exit", "0".repeat(8_192)))).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: "Container Overrides length must be at most 8192",
    });
    await expect(run({ clientToken: "x".repeat(65) })).rejects.toMatchObject({ name: "InvalidParameterException" });
  });

  test.each([
    ["1.0.0", 0],
    ["1.0.0-stubborn", 137],
  ])("of %s that are told to stop end with %i", async (version, exitCode) => {
    const taskDefinition = await bench.register("stopping", version, { stopTimeout: 2 });
    const { tasks = [] } = await bench.ecs.send(new RunTaskCommand({ cluster: bench.cluster, taskDefinition }));
    const arn = tasks[0]?.taskArn;
    await until(
      () => bench.task(arn),
      ({ lastStatus }) => lastStatus === "RUNNING",
    );
    await bench.ecs.send(new StopTaskCommand({ cluster: bench.cluster, task: arn, reason: "enough" }));
    const task = await bench.stopped(arn);
    expect(task).toMatchObject({ stopCode: "UserInitiated", stoppedReason: "enough", containers: [{ exitCode }] });
    // Killed by us, not by the kernel.
    expect(task.containers?.[0]?.reason).toBeUndefined();
  });

  test("fail to start without their log group", async () => {
    const options = { "awslogs-group": "/no/such/group", "awslogs-region": "us-east-1" };
    const logConfiguration = { logDriver: "awslogs" as const, options };
    const task = await bench.run(await bench.register("logless", "1.0.0", { logConfiguration }));
    expect(task).toMatchObject({
      stopCode: "TaskFailedToStart",
      stoppedReason: expect.stringMatching(/^ResourceInitializationError: failed to validate logger args/),
    });
    expect(task.containers?.[0]?.exitCode).toBeUndefined();
  });

  test("fail to start without their secret", async () => {
    const valueFrom = "arn:aws:secretsmanager:us-east-1:000000000000:secret:nothing-AbCdEf";
    const task = await bench.run(
      await bench.register("secretless", "1.0.0", { secrets: [{ name: "KEY", valueFrom }] }),
    );
    expect(task).toMatchObject({
      stopCode: "TaskFailedToStart",
      stoppedReason: expect.stringMatching(/^ResourceInitializationError: unable to pull secrets or registry auth/),
    });
  });

  test("of a service are replaced when somebody stops them, and that is no failure", async () => {
    await bench.serve("replaced");
    const [first] = await bench.tasks("replaced");
    await bench.ecs.send(new StopTaskCommand({ cluster: bench.cluster, task: first?.taskArn }));
    const [second] = await until(
      () => bench.tasks("replaced"),
      ([task]) => task?.lastStatus === "RUNNING",
    );
    expect(second?.taskArn).not.toBe(first?.taskArn);
    expect((await bench.service("replaced")).deployments).toMatchObject([
      { rolloutState: "COMPLETED", failedTasks: 0 },
    ]);
  });
});
