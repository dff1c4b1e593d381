import { describe, expect, test } from "vitest";
import { registerOutside } from "../../aws/testing/outside.ts";
import { actors } from "../../testing/factories.ts";
import type { LocalScene } from "../../testing/local-aws/scene.ts";
import { localStage } from "../../testing/local-aws/stage.ts";
import { until } from "../../testing/until.ts";
import { cancelDeployment } from "../commands/cancel.ts";
import { rollbackDeployment } from "../commands/rollback.ts";
import { planDeployment } from "../queries/plan.ts";

const stage = localStage(200);

const waitingFor = async (id: string) => (await stage.look(id)).targets[0]?.waitingFor;
const targetOf = ({ target }: LocalScene) =>
  stage.db.target.findUniqueOrThrow({ where: { id: target.id }, include: { release: true } });
const isWaiting = ({ targets }: Awaited<ReturnType<typeof stage.read>>) => typeof targets[0]?.waitingFor === "string";

describe("while AWS", () => {
  test.each([
    ["throttle", /^AWS is throttling ecs:DescribeServices for /],
    ["unavailable", /^AWS gave no answer to ecs:DescribeServices for /],
    [
      "expired",
      /^AWS credentials of the portal have expired \(ecs:DescribeServices .*Renew them: what waits goes on by itself\.$/,
    ],
  ] as const)(
    "answers with %s the page says what is waited for, and the deployment goes on by itself",
    async (kind, words) => {
      const scene = await stage.scene({ name: `waits-${kind}` });
      await stage.aws.fault("ecs", "DescribeServices", kind, 1000);
      const { id } = await stage.deploy(scene);
      expect(await waitingFor(id)).toMatch(words);
      expect(await stage.read(id)).toMatchObject({ status: "running", cause: null });

      await stage.aws.clearFaults();
      // Before the rollout begins: without an answer to this nobody gets past it, however soon ECS is through.
      await stage.aws.fault("ecs", "DescribeServiceDeployments", kind, 1000);
      const waiting = await stage.follow(id, isWaiting);
      expect(waiting.targets[0]?.waitingFor).toMatch(
        new RegExp(words.source.replace("DescribeServices", "DescribeServiceDeployments")),
      );
      expect(waiting.targets[0]?.step).toBe("rollout");
      expect(waiting.targets[0]?.waitingSince).toEqual(expect.any(String));
      await stage.aws.clearFaults();
      expect(await stage.follow(id)).toMatchObject({
        status: "succeeded",
        cause: null,
        targets: [{ waitingFor: null, waitingSince: null }],
      });
      expect(await stage.effects("UpdateService", scene)).toBe(1);
    },
  );

  test("is away for good a person calls the deployment off, and nothing has changed", async () => {
    const scene = await stage.scene({ name: "away" });
    await stage.aws.fault("ecs", "RegisterTaskDefinition", "unavailable", 1000);
    const { id } = await stage.deploy(scene);
    expect(await waitingFor(id)).toContain("ecs:RegisterTaskDefinition");
    await cancelDeployment(stage.as(actors.releaseManager), { deployment: id, reason: "not today" });
    expect(await stage.follow(id)).toMatchObject({ status: "cancelled", cause: { kind: "stopped_by_person" } });
    expect(await stage.effects("UpdateService", scene)).toBe(0);
  });

  test("refuses UpdateService the deployment ends with AWS's words, soon, and nothing has changed", async () => {
    const scene = await stage.scene({ name: "denied" });
    await stage.aws.fault("ecs", "UpdateService", "denied", 1000);
    const { id } = await stage.deploy(scene);
    const dto = await stage.follow(id);
    expect(dto).toMatchObject({
      status: "failed",
      cause: { kind: "refused", headline: expect.stringContaining("not authorized to perform: ecs:UpdateService") },
    });
    expect((await targetOf(scene)).release?.version).toBe("1.0.0");
  });
});

test("an UpdateService whose answer is lost has one effect, and its rollout is found", async () => {
  const scene = await stage.scene({ name: "lost" });
  await stage.aws.fault("ecs", "UpdateService", "drop-answer", 10);
  const { id } = await stage.deploy(scene);
  expect(
    await until(
      () => waitingFor(id),
      (words) => words !== null && words !== undefined,
      { everyMs: 20 },
    ),
  ).toMatch(/^AWS gave no answer to ecs:UpdateService/);
  expect(await stage.follow(id)).toMatchObject({ status: "succeeded", cause: null });
  expect(await stage.effects("UpdateService", scene)).toBe(1);
  expect(
    (await stage.aws.journal("ecs", "UpdateService")).filter(({ subject }) => subject?.endsWith("/lost")),
  ).toHaveLength(1);
});

test("so has a registration", async () => {
  const scene = await stage.scene({ name: "unheard" });
  await stage.aws.fault("ecs", "RegisterTaskDefinition", "drop-answer");
  const { id } = await stage.deploy(scene);
  expect(await stage.follow(id)).toMatchObject({ status: "succeeded" });
  const registered = await stage.aws.journal("ecs", "RegisterTaskDefinition");
  // One by the scene, one by the deployment.
  expect(
    registered.filter(({ effect, subject }) => effect === "changed" && subject?.includes("/unheard-")),
  ).toHaveLength(2);
});

test("what somebody brings between the gates and the rollout is not stopped half way: theirs is adopted", async () => {
  const scene = await stage.scene({ name: "between" });
  await stage.aws.fault("ecs", "RegisterTaskDefinition", "throttle", 1000);
  const { id } = await stage.deploy(scene);
  await stage.follow(id, isWaiting);
  await stage.aws.clearFaults();
  const { definition } = await stage.ports.runtime.describeTaskDefinition(scene.placement, scene.taskDefinitionArn);
  const theirs = await registerOutside(stage.clients, definition);
  await stage.updateService(scene, { taskDefinition: theirs });
  const detail = expect.stringContaining(theirs.split("/").at(-1) ?? "");
  expect(await stage.follow(id)).toMatchObject({ status: "superseded", cause: { kind: "superseded", detail } });
  expect(await stage.adopt(scene)).toMatchObject({ source: "outside" });
  expect((await stage.ports.runtime.describeService(scene.placement)).taskDefinitionArn).toBe(theirs);
});

describe("a rollout that ECS forgot while nobody could look", () => {
  /** Deploys, and comes back when ECS has ended the rollout and does not know of it any more. */
  async function forgotten(name: string, version: string) {
    const scene = await stage.scene({ name, versions: ["1.0.0", version] });
    const { id } = await stage.deploy(scene, version);
    await stage.aws.fault("ecs", "DescribeServiceDeployments", "throttle", 1000);
    const run = () => stage.db.deploymentTarget.findFirstOrThrow({ where: { deploymentId: id } });
    await until(
      async () => (await stage.look(id), stage.effects("UpdateService", scene)),
      (count) => count === 1,
      { everyMs: 20 },
    );
    const quiet = () => stage.ports.runtime.describeService(scene.placement);
    await until(quiet, ({ currentRolloutArn, runningCount }) => currentRolloutArn === null && runningCount === 1, {
      everyMs: 50,
    });
    await stage.aws.clearFaults();
    const { id: runId, taskDefinitionArn } = await run();
    const rollout = await stage.ports.runtime.findRollout(scene.placement, taskDefinitionArn ?? "");
    // The last that the worker wrote before it, too, was away.
    await stage.db.deploymentTarget.update({ where: { id: runId }, data: { rolloutArn: rollout?.arn ?? "" } });
    expect((await stage.aws.forgetRollouts(name)).forgotten.length).toBeGreaterThan(0);
    return { scene, id };
  }

  test("goes on to be verified when its version runs", async () => {
    const { scene, id } = await forgotten("forgot-good", "1.1.0");
    const dto = await stage.follow(id);
    expect(dto).toMatchObject({ status: "succeeded", cause: null });
    expect(dto.targets[0]?.steps.find(({ name }) => name === "rollout")?.reason).toMatch(
      /^ECS no longer remembers this rollout\. The service runs what it was to bring/,
    );
    expect((await targetOf(scene)).release?.version).toBe("1.1.0");
  });

  test("ends as rolled back when the earlier version runs, and its release is not called bad", async () => {
    const { scene, id } = await forgotten("forgot-bad", "1.2.0-crash");
    const dto = await stage.follow(id);
    expect(dto).toMatchObject({
      status: "rolled_back",
      cause: {
        kind: "forgotten",
        headline: "ECS no longer remembers this rollout. The service runs the earlier version again.",
      },
    });
    expect((await targetOf(scene)).release?.version).toBe("1.0.0");
    expect(await stage.db.verdict.findFirst({ where: { releaseId: dto.release.id } })).toBeNull();
  });

  test("ends as superseded when something else runs, which is adopted", async () => {
    const { scene, id } = await forgotten("forgot-other", "1.1.0");
    const { definition } = await stage.ports.runtime.describeTaskDefinition(scene.placement, scene.taskDefinitionArn);
    const theirs = await registerOutside(stage.clients, definition);
    await stage.updateService(scene, { taskDefinition: theirs });
    expect(await stage.follow(id)).toMatchObject({
      status: "superseded",
      cause: { kind: "superseded", detail: expect.stringContaining(theirs.split("/").at(-1) ?? "") },
    });
    expect(await stage.adopt(scene)).toMatchObject({ source: "outside" });
  });
});

describe("a rollback", () => {
  test("that ECS does not carry out ends as failed, with the command that brings the version back", async () => {
    const scene = await stage.scene({ name: "no-way-back", breaker: false });
    const { id } = await stage.deploy(scene);
    await stage.follow(id, (dto) => dto.targets[0]?.step === "verify");
    await stage.aws.fault("ecs", "UpdateService", "denied", 1000);
    await rollbackDeployment(stage.as(actors.releaseManager), { deployment: id, reason: "errors" });
    const dto = await stage.follow(id);
    expect(dto.status).toBe("rollback_failed");
    expect(dto.cause?.headline).toContain("not authorized to perform: ecs:UpdateService");
    expect(dto.cause?.advice).toMatch(
      /aws ecs update-service .*--cluster \S+ --service no-way-back --task-definition arn:aws:ecs:/,
    );
    expect(dto.targets[0]?.steps.at(-1)).toMatchObject({ name: "rollback", status: "failed" });
    expect((await targetOf(scene)).release?.version).toBe("1.1.0");
  });

  test("without a release that is known to work is refused with the reason, in the plan as well", async () => {
    const scene = await stage.scene({ name: "only-one" });
    const { id } = await stage.db.deployment.findFirstOrThrow({ where: { serviceId: scene.service.id } });
    const ctx = stage.as(actors.releaseManager);
    await expect(rollbackDeployment(ctx, { deployment: id })).rejects.toMatchObject({
      code: "conflict",
      details: { reason: "no_rollback_target" },
    });
    expect((await stage.read(id)).can.rollback).toBe("No earlier release is known to work here.");
    const plan = await planDeployment(stage.as(actors.releaseManager), {
      service: scene.service.id,
      environment: scene.environment.id,
      kind: "rollback",
    });
    expect(plan).toMatchObject({ to: null, options: [] });
  });

  test("from a page of yesterday is refused, and says what runs now", async () => {
    const scene = await stage.scene({ name: "stale" });
    const { id } = await stage.deploy(scene);
    await stage.follow(id);
    const stale = rollbackDeployment(stage.as(actors.releaseManager), { deployment: id, expectedCurrent: "1.0.0" });
    await expect(stale).rejects.toMatchObject({
      code: "conflict",
      message: "1.1.0 runs here now, not 1.0.0.",
      details: { reason: "not_current", current: "1.1.0" },
    });
  });
});
