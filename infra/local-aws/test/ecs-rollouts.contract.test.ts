import { DeleteServiceCommand, StopServiceDeploymentCommand, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startWorkbench, until, type Workbench } from "./ecs-workbench.ts";
import { isRemote, type Local } from "./local.ts";

/** Neither passes nor has failed often enough for a long time: a deployment that stays in flight. */
const NEVER = { command: ["CMD", "false"], interval: 300, retries: 10 };

describe.skipIf(isRemote)("rolling deployments", { timeout: 180_000 }, () => {
  let local: Local;
  let bench: Workbench;
  beforeAll(async () => {
    ({ local, bench } = await startWorkbench());
  });
  afterAll(() => local.stop());

  test("a first deployment brings the service to its desired count", async () => {
    const deployment = await bench.serve("first", { desiredCount: 2 });
    expect(deployment).toMatchObject({
      status: "SUCCESSFUL",
      deploymentCircuitBreaker: { status: "MONITORING_COMPLETE", failureCount: 0, threshold: 3 },
      targetServiceRevision: { requestedTaskCount: 2, runningTaskCount: 2, pendingTaskCount: 0 },
    });
    const service = await until(
      () => bench.service("first"),
      ({ events }) => /steady state/.test(events?.[0]?.message ?? ""),
    );
    expect(service).toMatchObject({ desiredCount: 2, runningCount: 2, pendingCount: 0, status: "ACTIVE" });
    expect(service.deployments).toMatchObject([{ status: "PRIMARY", rolloutState: "COMPLETED", failedTasks: 0 }]);
    const tasks = await bench.tasks("first");
    const [primary] = service.deployments ?? [];
    expect(tasks.map(({ lastStatus, startedBy, group }) => ({ lastStatus, startedBy, group }))).toEqual(
      [1, 2].map(() => ({ lastStatus: "RUNNING", startedBy: primary?.id, group: "service:first" })),
    );
  });

  test.each([
    ["crash", "EssentialContainerExited", "Essential container in task exited", 1, undefined],
    ["oom", "EssentialContainerExited", "Essential container in task exited", 137, /^OutOfMemoryError: /],
    [
      "missing",
      "TaskFailedToStart",
      /^CannotPullContainerError: .*shop:1\.1\.0-missing: not found$/,
      undefined,
      undefined,
    ],
  ])("a version that ends with %s trips the breaker and goes back", async (fault, code, reason, exitCode, detail) => {
    await bench.serve(fault);
    const before = await bench.service(fault);
    await bench.deploy(fault, `1.1.0-${fault}`);
    const deployment = await bench.over(fault);
    expect(deployment).toMatchObject({
      status: "ROLLBACK_SUCCESSFUL",
      statusReason: "Service deployment rolled back because the circuit breaker threshold was exceeded.",
      deploymentCircuitBreaker: { status: "TRIGGERED", failureCount: 3, threshold: 3 },
      rollback: { serviceRevisionArn: before.currentServiceRevisions?.[0]?.arn },
    });
    const after = await until(
      () => bench.service(fault),
      ({ deployments }) => deployments?.length === 1,
    );
    expect(after).toMatchObject({ taskDefinition: before.taskDefinition, runningCount: 1 });
    expect(after.events?.map(({ message }) => message)).toContainEqual(expect.stringContaining("rolling back to"));
    const stopped = await until(
      () => bench.tasks(fault, "STOPPED"),
      (tasks) => tasks.filter(({ lastStatus }) => lastStatus === "STOPPED").length >= 3,
    );
    const failed = stopped.find(({ taskDefinitionArn }) => taskDefinitionArn !== before.taskDefinition);
    expect(failed).toMatchObject({ stopCode: code, stoppedReason: expect.stringMatching(reason) });
    expect(failed?.containers?.[0]?.exitCode).toBe(exitCode);
    expect(failed?.containers?.[0]?.reason ?? "").toMatch(detail ?? /^$/);
  });

  test("a version that fails its load balancer's health check is replaced, never serves, and goes back", async () => {
    const { arn, url } = await bench.balancer("unhealthy");
    const loadBalancers = [{ targetGroupArn: arn, containerName: "app", containerPort: 8081 }];
    await bench.serve("unhealthy", { loadBalancers, desiredCount: 2 });
    expect(await (await fetch(url)).text()).toBe("1.0.0");
    const bad = await bench.deploy("unhealthy", "1.1.0-unhealthy");
    const answers = new Set<string>();
    const rolledBack = bench.over("unhealthy");
    let isOver = false;
    void rolledBack.finally(() => (isOver = true));
    while (!isOver) answers.add(await (await fetch(url)).text());
    expect(await rolledBack).toMatchObject({
      status: "ROLLBACK_SUCCESSFUL",
      deploymentCircuitBreaker: { failureCount: 3 },
    });
    expect([...answers]).toEqual(["1.0.0"]);
    const stopped = await bench.tasks("unhealthy", "STOPPED");
    expect(stopped.find(({ taskDefinitionArn }) => taskDefinitionArn === bad)).toMatchObject({
      stopCode: "ServiceSchedulerInitiated",
      stoppedReason: `Task failed ELB health checks in (target-group ${arn})`,
    });
    const { events } = await bench.service("unhealthy");
    expect(events?.map(({ message }) => message)).toContainEqual(
      expect.stringContaining(`is unhealthy in (target-group ${arn})`),
    );
  });

  test("a version that fails its container health check goes back", async () => {
    const healthCheck = (code: number) => ({ command: ["CMD-SHELL", `exit ${code}`], interval: 5, retries: 1 });
    const taskDefinition = await bench.register("checked", "1.0.0", { healthCheck: healthCheck(0) });
    await bench.serve("checked", { taskDefinition });
    expect((await bench.tasks("checked"))[0]).toMatchObject({ healthStatus: "HEALTHY" });
    await bench.deploy("checked", "1.0.1", { healthCheck: healthCheck(1) });
    expect(await bench.over("checked")).toMatchObject({ status: "ROLLBACK_SUCCESSFUL" });
    const stopped = await bench.tasks("checked", "STOPPED");
    expect(stopped.map(({ stoppedReason }) => stoppedReason)).toContain("Task failed container health checks");
  });

  test("an update with what the service runs already changes nothing, and the journal says so", async () => {
    await bench.serve("repeated");
    const { taskDefinition } = await bench.service("repeated");
    const command = { cluster: bench.cluster, service: "repeated", taskDefinition };
    await bench.ecs.send(new UpdateServiceCommand(command));
    const { serviceArn, deployments } = await bench.service("repeated");
    expect(deployments).toHaveLength(1);
    const [entry] = local.world.journal.read({ service: "ecs", action: "UpdateService" }).slice(-1);
    expect(entry).toMatchObject({ effect: "none", subject: serviceArn, outcome: "ok" });
  });

  test("a newer deployment stops the one in flight", async () => {
    await bench.serve("overtaken");
    await bench.deploy("overtaken", "1.1.0", { healthCheck: NEVER });
    const { currentServiceDeployment: first } = await bench.service("overtaken");
    const second = await bench.deploy("overtaken", "1.2.0");
    expect(await bench.over("overtaken")).toMatchObject({ status: "SUCCESSFUL" });
    expect(await bench.deployment(first)).toMatchObject({ status: "STOPPED", stoppedAt: expect.any(Date) });
    expect((await bench.service("overtaken")).taskDefinition).toBe(second);
    expect((await bench.history("overtaken")).map(({ status }) => status)).toEqual([
      "SUCCESSFUL",
      "STOPPED",
      "SUCCESSFUL",
    ]);
  });

  test("a rollback on request returns to the last completed revision, with the tasks that still run", async () => {
    await bench.serve("undone");
    const [survivor] = await bench.tasks("undone");
    const before = await bench.service("undone");
    await bench.deploy("undone", "1.1.0", { healthCheck: NEVER });
    const { currentServiceDeployment: arn } = await bench.service("undone");
    const command = new StopServiceDeploymentCommand({ serviceDeploymentArn: arn, stopType: "ROLLBACK" });
    await bench.ecs.send(command);
    expect(await bench.over("undone")).toMatchObject({
      status: "ROLLBACK_SUCCESSFUL",
      rollback: { reason: "Service deployment rolled back because of a user request." },
    });
    expect((await bench.service("undone")).deployments?.[0]?.id).toBe(before.deployments?.[0]?.id);
    expect((await bench.tasks("undone")).map(({ taskArn }) => taskArn)).toEqual([survivor?.taskArn]);
    await expect(bench.ecs.send(command)).rejects.toMatchObject({ name: "ConflictException" });
  });

  test("a first deployment that fails has nothing to return to, and stays failed", async () => {
    expect(await bench.serve("hopeless", { version: "1.0.0-crash" })).toMatchObject({
      status: "STOPPED",
      statusReason: expect.stringContaining("no rollback target"),
    });
    const { deployments } = await bench.service("hopeless");
    expect(deployments).toMatchObject([{ rolloutState: "FAILED", failedTasks: 3, runningCount: 0 }]);
  });

  test("percentages that allow neither a stop nor a start are told in an event", async () => {
    const deploymentConfiguration = { minimumHealthyPercent: 50, maximumPercent: 150 };
    await bench.serve("stuck", { deploymentConfiguration });
    await bench.deploy("stuck", "1.1.0");
    const { deployments } = await until(
      () => bench.service("stuck"),
      ({ events }) => (events ?? []).some(({ message }) => message?.includes("was unable to stop or start tasks")),
    );
    expect(deployments?.[0]).toMatchObject({ rolloutState: "IN_PROGRESS", runningCount: 0, pendingCount: 0 });
  });

  test("without a breaker a crashing version is tried again and again, ever more slowly", async () => {
    await bench.serve("patient", {
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: false, rollback: false } },
    });
    await bench.deploy("patient", "1.1.0-crash");
    const service = await until(
      () => bench.service("patient"),
      ({ events }) =>
        (events ?? []).some(({ message }) => message?.endsWith("is unable to consistently start tasks successfully.")),
    );
    expect(service.deployments?.[0]).toMatchObject({ rolloutState: "IN_PROGRESS" });
    expect(service.runningCount).toBe(1);
  });

  test("a deployment in flight goes on after a restart, and the restart is nobody's failure", async () => {
    await bench.serve("lasting", { desiredCount: 2 });
    await bench.deploy("lasting", "1.1.0", { healthCheck: { command: ["CMD", "true"], interval: 120 } });
    const { currentServiceDeployment: arn } = await bench.service("lasting");
    const before = [...(await bench.tasks("lasting")), ...(await bench.tasks("lasting", "STOPPED"))];
    await local.restart();
    expect((await bench.service("lasting")).currentServiceDeployment).toBe(arn);
    expect(await bench.over("lasting")).toMatchObject({
      status: "SUCCESSFUL",
      deploymentCircuitBreaker: { failureCount: 0 },
    });
    const tasks = await bench.tasks("lasting");
    expect(tasks.map(({ lastStatus }) => lastStatus)).toEqual(["RUNNING", "RUNNING"]);
    expect(tasks.some(({ taskArn }) => before.some((old) => old.taskArn === taskArn))).toBe(false);
    const stopped = await bench.tasks("lasting", "STOPPED");
    expect(stopped).toContainEqual(expect.objectContaining({ stoppedReason: "Local AWS was restarted." }));
    expect(await bench.history("lasting")).toHaveLength(2);
  });

  test("an alarm in the bake turns a steady deployment back", async () => {
    const deploymentConfiguration = await bench.alarm("baking");
    await bench.serve("baking", { deploymentConfiguration });
    const { taskDefinition } = await bench.service("baking");
    await bench.deploy("baking", "1.1.0");
    const { currentServiceDeployment: arn } = await bench.service("baking");
    const baking = await until(
      () => bench.deployment(arn),
      ({ lifecycleStage }) => lifecycleStage === "BAKE_TIME",
    );
    expect(baking).toMatchObject({ status: "IN_PROGRESS", alarms: { status: "MONITORING", alarmNames: ["baking"] } });
    await bench.setAlarm("baking", "ALARM");
    expect(await bench.over("baking")).toMatchObject({
      status: "ROLLBACK_SUCCESSFUL",
      alarms: { status: "TRIGGERED", triggeredAlarmNames: ["baking"] },
      deploymentCircuitBreaker: { status: "MONITORING_COMPLETE" },
    });
    expect((await bench.service("baking")).taskDefinition).toBe(taskDefinition);
  });

  test("an alarm that is on already when a deployment starts is not looked at", async () => {
    const deploymentConfiguration = await bench.alarm("burning");
    await bench.serve("burning", { deploymentConfiguration });
    await bench.setAlarm("burning", "ALARM");
    await bench.deploy("burning", "1.1.0");
    expect(await bench.over("burning")).toMatchObject({ status: "SUCCESSFUL", alarms: { status: "DISABLED" } });
  });

  test("a deleted service stops its tasks and forgets its deployments", async () => {
    await bench.serve("gone");
    const command = { cluster: bench.cluster, service: "gone" };
    await expect(bench.ecs.send(new DeleteServiceCommand(command))).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: "The service cannot be stopped while it is scaled above 0.",
    });
    await bench.ecs.send(new DeleteServiceCommand({ ...command, force: true }));
    const service = await until(
      () => bench.service("gone"),
      ({ status }) => status === "INACTIVE",
    );
    expect(service).toMatchObject({ runningCount: 0, pendingCount: 0, deployments: [] });
    expect(await bench.history("gone")).toEqual([]);
  });
});
