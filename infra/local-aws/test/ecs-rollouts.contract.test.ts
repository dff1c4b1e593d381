import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startWorkbench, until, type Workbench } from "./ecs-workbench.ts";
import { isRemote } from "./local.ts";

describe.skipIf(isRemote)("rolling deployments", { timeout: 60_000 }, () => {
  let bench: Workbench;
  beforeAll(async () => {
    bench = await startWorkbench();
  });
  afterAll(() => bench.stop());

  test("a first deployment brings the service to its desired count", async () => {
    const deployment = await bench.serve("first", { desiredCount: 2 });
    expect(deployment).toMatchObject({
      status: "SUCCESSFUL",
      deploymentCircuitBreaker: { status: "MONITORING_COMPLETE", failureCount: 0, threshold: 3 },
      targetServiceRevision: { requestedTaskCount: 2, runningTaskCount: 2, pendingTaskCount: 0 },
    });
    const service = await until(() => bench.service("first"), ({ events }) => /steady state/.test(events?.[0]?.message ?? ""));
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
    ["missing", "TaskFailedToStart", /^CannotPullContainerError: .*shop:1\.1\.0-missing: not found$/, undefined, undefined],
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
    const after = await until(() => bench.service(fault), ({ deployments }) => deployments?.length === 1);
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
});
