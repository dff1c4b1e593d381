import { describe, expect, test } from "vitest";
import { actors } from "../../testing/factories.ts";
import { deploymentScene, type DeploymentScene } from "../../testing/deployment-scene.ts";
import { withDatabase } from "../../testing/with-database.ts";
import { cancelDeployment } from "../commands/cancel.ts";
import { createDeployment } from "../commands/create.ts";
import { rollbackDeployment } from "../commands/rollback.ts";
import { getDeployment } from "../queries/one.ts";

const database = withDatabase();
const scene = () => deploymentScene(database.db);

async function deploy(on: DeploymentScene, version = "1.1.0") {
  const { service, environment } = on;
  return createDeployment(on.as(actors.releaseManager), {
    service: service.slug,
    environment: environment.slug,
    version,
    reason: "test",
  });
}

const read = (on: DeploymentScene, id: string) => getDeployment(on.as(actors.viewer), { deployment: id });
const runs = async (on: DeploymentScene) =>
  on.db.target.findUniqueOrThrow({ where: { id: on.target.id }, include: { release: true } });
const verdict = (on: DeploymentScene, releaseId: string) =>
  on.db.verdict.findUnique({ where: { releaseId_environmentId: { releaseId, environmentId: on.environment.id } } });
const crash = {
  lastStatus: "STOPPED",
  stopCode: "EssentialContainerExited",
  stoppedReason: "Essential container in task exited",
  exitCode: 1,
};

describe("a deployment", () => {
  test("goes through its steps, makes the release run and calls it good", async () => {
    const on = await scene();
    const { id } = await deploy(on);
    await on.finish(id);
    const dto = await read(on, id);
    expect(dto).toMatchObject({ status: "succeeded", cause: null, from: { version: "1.0.0" } });
    expect(dto.targets[0]?.steps.map((step) => [step.name, step.status])).toEqual([
      ["gates", "done"],
      ["rollout", "done"],
      ["verify", "done"],
      ["finish", "done"],
    ]);
    expect((await runs(on)).release?.version).toBe("1.1.0");
    expect(await verdict(on, on.second.id)).toMatchObject({ verdict: "good", held: false });
    expect(on.fake.effects("registerTaskDefinition")).toHaveLength(1);
    expect(on.fake.effects("startRollout")).toHaveLength(1);
    expect(await on.db.change.findMany({ where: { subjectId: id } })).toMatchObject([{ kind: "deployment" }]);
    expect(dto.targets[0]?.differences.map((one) => one.path)).toEqual([`${on.service.slug}.image`]);
  });

  test("that ECS rolls back ends rolled back, explained, and holds the release", async () => {
    const on = await scene();
    const broken = { status: "FAILED", failures: 3, threshold: 3 };
    on.fake.script(on.placement, [
      {
        status: "in_progress",
        running: 0,
        died: [{ ...crash, containerName: on.service.slug, lines: ["no such file"] }],
      },
      { status: "rollback_in_progress", circuitBreaker: { ...broken, status: "TRIGGERED" } },
      { status: "rollback_successful" },
    ]);
    const { id } = await deploy(on);
    await on.finish(id);
    const dto = await read(on, id);
    expect(dto).toMatchObject({
      status: "rolled_back",
      automatic: true,
      cause: { kind: "exit_code", lines: ["no such file"] },
    });
    expect((await runs(on)).release?.version).toBe("1.0.0");
    expect(await verdict(on, on.second.id)).toMatchObject({ verdict: "bad", held: true });
    await expect(
      createDeployment(on.as(actors.developer), {
        service: on.service.id,
        environment: on.environment.id,
        version: "1.1.0",
      }),
    ).rejects.toMatchObject({ code: "forbidden", details: { reason: "release_held" } });
  });

  test("whose tasks die after the rollout is undone by a rollout of our own", async () => {
    const on = await scene();
    on.fake.script(on.placement, [
      { status: "in_progress", running: 2 },
      { status: "successful", running: 2 },
    ]);
    const { id } = await deploy(on);
    const [run] = await on.db.deploymentTarget.findMany({ where: { deploymentId: id } });
    on.fake.setHook(async (operation) => {
      if (operation !== "alarms" && operation !== "listTasks") return;
      const now = await on.db.deploymentTarget.findUniqueOrThrow({ where: { id: run?.id ?? "" } });
      if (now.step !== "verify" || on.fake.tasks(on.placement).some((task) => task.exitCode === 1)) return;
      on.fake.tasks(on.placement).push({
        ...crash,
        arn: "arn:aws:ecs:us-east-1:000000000000:task/x/dead",
        taskDefinitionArn: now.taskDefinitionArn ?? "",
        startedBy: null,
        desiredStatus: "STOPPED",
        healthStatus: "UNKNOWN",
        containerReason: null,
        containerName: on.service.slug,
        createdAt: on.now(),
        startedAt: on.now(),
        stoppedAt: on.now(),
      });
    });
    await on.finish(id);
    const dto = await read(on, id);
    expect(dto).toMatchObject({ status: "rolled_back", automatic: true, cause: { kind: "exit_code" } });
    expect(dto.targets[0]?.steps.at(-1)).toMatchObject({ name: "rollback", status: "done" });
    expect((await runs(on)).release?.version).toBe("1.0.0");
    expect(on.fake.effects("startRollout")).toHaveLength(2);
  });

  test("that a gate stops changes nothing, and goes on with an override", async () => {
    const on = await scene();
    on.fake.service(on.placement).alarmNames = ["errors"];
    on.fake.setAlarm("errors", "ALARM");
    const { id } = await deploy(on);
    await on.finish(id);
    expect(await read(on, id)).toMatchObject({ status: "failed", cause: { kind: "gate" } });
    expect(on.fake.effects("startRollout")).toHaveLength(0);
    const asked = { service: on.service.id, environment: on.environment.id, version: "1.1.0", overrides: ["alarms"] };
    await expect(createDeployment(on.as(actors.releaseManager), asked)).rejects.toMatchObject({
      details: { fields: { reason: expect.any(String) } },
    });
    await expect(createDeployment(on.as(actors.developer), { ...asked, reason: "fix" })).rejects.toMatchObject({
      code: "forbidden",
    });
    const again = await createDeployment(on.as(actors.releaseManager), { ...asked, reason: "the fix must go out" });
    await on.finish(again.id);
    const dto = await read(on, again.id);
    expect(dto.status).toBe("succeeded");
    expect(dto.targets[0]?.gates.find((gate) => gate.name === "alarms")).toMatchObject({
      result: "overridden",
      overrideReason: "the fix must go out",
    });
  });
});

describe("a person", () => {
  test("who deploys while another does gets a conflict that names them", async () => {
    const on = await scene();
    const { id } = await deploy(on);
    await expect(deploy(on)).rejects.toMatchObject({
      code: "conflict",
      details: { reason: "deployment_active", deployment: id },
    });
    const both = await Promise.allSettled([deploy(on), deploy(on)]);
    expect(both.every((one) => one.status === "rejected")).toBe(true);
  });

  test("of two who press at once, one wins", async () => {
    const on = await scene();
    const both = await Promise.allSettled([deploy(on), deploy(on)]);
    expect(both.map((one) => one.status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(await on.db.deployment.count({ where: { serviceId: on.service.id, status: "running" } })).toBe(1);
  });

  test("rolls back in flight: the same deployment, undone by ECS", async () => {
    const on = await scene();
    on.fake.script(on.placement, [{ status: "in_progress", running: 1 }]);
    const { id } = await deploy(on);
    on.fake.setHook(async (operation) => {
      if (operation !== "describeRollout") return;
      on.fake.setHook(() => undefined);
      const answer = await rollbackDeployment(on.as(actors.releaseManager), {
        deployment: id,
        reason: "errors",
        markBad: true,
      });
      expect(answer).toMatchObject({ status: 202, body: { id } });
      await expect(rollbackDeployment(on.as(actors.releaseManager), { deployment: id })).rejects.toMatchObject({
        code: "conflict",
      });
    });
    await on.finish(id);
    expect(await read(on, id)).toMatchObject({
      status: "rolled_back",
      automatic: false,
      cause: { kind: "stopped_by_person" },
    });
    expect(await verdict(on, on.second.id)).toMatchObject({ verdict: "bad", held: false });
    expect(on.fake.effects("stopRollout")).toHaveLength(1);
  });

  test("whose stop comes too late still gets the earlier release back", async () => {
    const on = await scene();
    on.fake.script(on.placement, [{ status: "in_progress", running: 1 }]);
    on.fake.afterStop(on.placement, "too_late");
    const { id } = await deploy(on);
    on.fake.setHook(async (operation) => {
      if (operation !== "describeRollout") return;
      on.fake.setHook(() => undefined);
      await cancelDeployment(on.as(actors.releaseManager), { deployment: id });
    });
    await on.finish(id);
    expect(await read(on, id)).toMatchObject({ status: "cancelled" });
    expect((await runs(on)).release?.version).toBe("1.0.0");
  });

  test("rolls back afterwards with one click, to the last known good release", async () => {
    const on = await scene();
    const { id } = await deploy(on);
    await on.finish(id);
    const stale = rollbackDeployment(on.as(actors.releaseManager), { deployment: id, expectedCurrent: "1.0.0" });
    await expect(stale).rejects.toMatchObject({ code: "conflict", details: { reason: "not_current" } });
    const { status, body } = await rollbackDeployment(on.as(actors.releaseManager), {
      deployment: id,
      expectedCurrent: "1.1.0",
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({ kind: "rollback", release: { version: "1.0.0" }, rollbackOf: id });
    await on.finish(body.id);
    expect((await runs(on)).release?.version).toBe("1.0.0");
    await expect(rollbackDeployment(on.as(actors.releaseManager), { deployment: id })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  test("cancels before the rollout and nothing has changed", async () => {
    const on = await scene();
    const { id } = await deploy(on);
    await cancelDeployment(on.as(actors.releaseManager), { deployment: id, reason: "wrong one" });
    await on.finish(id);
    expect(await read(on, id)).toMatchObject({ status: "cancelled" });
    expect(on.fake.effects("registerTaskDefinition")).toHaveLength(0);
  });
});

describe("what comes too late or cannot be", () => {
  test("a rollback of what is being undone by itself is refused, and the release stays held", async () => {
    const on = await scene();
    on.fake.script(on.placement, [
      { status: "in_progress", running: 0, died: [crash, crash, crash] },
      { status: "rollback_in_progress" },
      { status: "rollback_in_progress" },
      { status: "rollback_successful" },
    ]);
    const { id } = await deploy(on);
    let refused: unknown;
    on.fake.setHook(async (operation) => {
      const { status } = await on.db.deploymentTarget.findFirstOrThrow({ where: { deploymentId: id } });
      if (operation !== "describeRollout" || status !== "rolling_back" || refused) return;
      refused = await rollbackDeployment(on.as(actors.releaseManager), { deployment: id }).catch(
        (error: unknown) => error,
      );
    });
    await on.finish(id);
    expect(refused).toMatchObject({ code: "conflict" });
    expect(await read(on, id)).toMatchObject({ status: "rolled_back", automatic: true });
    expect(await verdict(on, on.second.id)).toMatchObject({ verdict: "bad", held: true });
  });

  test("a rollback in flight goes back, and nowhere else", async () => {
    const on = await scene();
    const { id } = await deploy(on);
    const asked = rollbackDeployment(on.as(actors.releaseManager), { deployment: id, to: "1.1.0" });
    await expect(asked).rejects.toMatchObject({ code: "conflict", details: { reason: "in_flight" } });
    const unknown = rollbackDeployment(on.as(actors.releaseManager), { deployment: id, to: "9.9.9" });
    await expect(unknown).rejects.toMatchObject({ code: "not_found" });
    expect(await rollbackDeployment(on.as(actors.releaseManager), { deployment: id, to: "1.0.0" })).toMatchObject({
      status: 202,
    });
  });

  test("a service that is deleted under a rollout ends it, and the target is free again", async () => {
    const { RuntimeFailure } = await import("../ports.ts");
    const on = await scene();
    on.fake.script(on.placement, [{ status: "in_progress", running: 1 }]);
    const { id } = await deploy(on);
    on.fake.setHook(async (operation) => {
      const { rolloutArn } = await on.db.deploymentTarget.findFirstOrThrow({ where: { deploymentId: id } });
      if (rolloutArn && operation === "describeService")
        throw new RuntimeFailure("not_found", operation, "The service was not found.");
    });
    await on.finish(id);
    expect(await read(on, id)).toMatchObject({ status: "failed", cause: { kind: "refused" } });
    on.fake.setHook(() => undefined);
    expect((await deploy(on)).status).toBe("running");
  });

  test.each(["findRollout", "listTasks"])(
    "a role that may not %s is found out before anything is changed",
    async (denied) => {
      const { RuntimeFailure } = await import("../ports.ts");
      const on = await scene();
      const { id } = await deploy(on);
      on.fake.setHook(async (operation) => {
        if (operation === denied) throw new RuntimeFailure("denied", operation, "It is not allowed.");
      });
      await on.finish(id);
      const { status, cause } = await read(on, id);
      expect(status).toBe("failed");
      expect(cause?.detail).toContain("not touched");
      expect(on.fake.effects("startRollout")).toHaveLength(0);
    },
  );

  test("what AWS refuses after UpdateService may have been called is never told as untouched", async () => {
    const { RuntimeFailure } = await import("../ports.ts");
    const on = await scene();
    const { id } = await deploy(on);
    on.fake.setHook(async (operation) => {
      const { startTried } = await on.db.deploymentTarget.findFirstOrThrow({ where: { deploymentId: id } });
      if (startTried && operation === "findRollout")
        throw new RuntimeFailure("denied", operation, "It is not allowed.");
    });
    await on.finish(id);
    const { status, cause } = await read(on, id);
    expect(status).toBe("failed");
    expect(cause?.detail).not.toContain("not touched");
  });
});

describe("a worker", () => {
  test.each(["before", "after"] as const)(
    "that dies %s any call leaves a deployment that ends right, each effect once",
    async (phase) => {
      const calls = new Set<string>();
      const on = await scene();
      const seen = new Map<string, number>();
      let isDead = false;
      on.fake.setHook((operation, at) => {
        // Of reads that go out together the others are lost with it.
        if (isDead) throw new Error("killed");
        if (at !== phase) return;
        const count = (seen.get(operation) ?? 0) + 1;
        seen.set(operation, count);
        if (count > 2) return;
        calls.add(`${operation} ${count}`);
        isDead = true;
        throw new Error("killed");
      });
      const { id } = await deploy(on);
      let deaths = 0;
      await on.finish(id, () => {
        deaths += 1;
        isDead = false;
      });
      expect(deaths).toBe(calls.size);
      expect(await read(on, id)).toMatchObject({ status: "succeeded" });
      expect(on.fake.effects("registerTaskDefinition")).toHaveLength(1);
      expect(on.fake.effects("startRollout")).toHaveLength(1);
      expect(await on.db.change.count({ where: { subjectId: id } })).toBe(1);
    },
  );

  test("whose answer from UpdateService is lost finds the rollout and goes on", async () => {
    const { RuntimeFailure } = await import("../ports.ts");
    const on = await scene();
    on.fake.failNext("startRollout", new RuntimeFailure("unreachable", "startRollout", "The connection was reset."), {
      lost: true,
    });
    const { id } = await deploy(on);
    await on.finish(id);
    expect(await read(on, id)).toMatchObject({ status: "succeeded" });
    expect(on.fake.effects("startRollout")).toHaveLength(1);
  });
});
