import { describe, expect, test } from "vitest";
import { familyOf, repository } from "../../aws/testing/create-service.ts";
import { registerOutside, stopOutside, updateOutside } from "../../aws/testing/outside.ts";
import { actors } from "../../testing/factories.ts";
import type { LocalScene } from "../../testing/local-aws/scene.ts";
import { localStage } from "../../testing/local-aws/stage.ts";
import { until } from "../../testing/until.ts";
import { cancelDeployment } from "../commands/cancel.ts";
import { createDeployment } from "../commands/create.ts";
import { rollbackDeployment } from "../commands/rollback.ts";
import { planDeployment } from "../queries/plan.ts";

const stage = localStage(200);

/** A version whose image cannot be pulled: without a circuit breaker ECS tries for ever, so its rollout stays under way. */
const endless = "1.2.0-missing";

/** Registers a revision with another image, past the portal. */
async function register({ placement, taskDefinitionArn }: LocalScene, image: string): Promise<string> {
  const { definition } = await stage.ports.runtime.describeTaskDefinition(placement, taskDefinitionArn);
  const containerDefinitions = definition.containerDefinitions.map((one) => ({ ...one, image }));
  const family = familyOf({ cluster: placement.cluster, name: placement.ecsService });
  return registerOutside(stage.clients, { ...definition, family, containerDefinitions });
}

const targetOf = ({ target }: LocalScene) =>
  stage.db.target.findUniqueOrThrow({ where: { id: target.id }, include: { release: true } });

async function adopted(scene: LocalScene) {
  const row = await stage.adopt(scene);
  if (!row) throw new Error("Nothing was adopted.");
  return row;
}

describe("a deployment from outside", () => {
  test("while nothing is under way is adopted, its release found by digest, and followed to its end", async () => {
    const scene = await stage.scene({ name: "known" });
    await stage.updateService(scene, { taskDefinition: await register(scene, `${repository}:1.1.0`) });
    await stage.observe();
    const jobs = await stage.db.$queryRaw<
      object[]
    >`select 1 from graphile_worker.jobs where key = ${`deployment:adopt:${scene.target.id}`}`;
    expect(jobs).toHaveLength(1);

    const { id } = await adopted(scene);
    expect((await adopted(scene)).id).toBe(id);
    const dto = await stage.follow(id);
    expect(dto).toMatchObject({
      status: "succeeded",
      source: "outside",
      release: { version: "1.1.0" },
      from: { version: "1.0.0" },
    });
    expect(dto.createdBy.name).toBe("somebody outside the portal");
    expect(dto.targets[0]?.steps.map(({ name, status }) => `${name} ${status}`)).toEqual([
      "gates skipped",
      "rollout done",
      "verify done",
      "finish done",
    ]);
    expect((await targetOf(scene)).release?.version).toBe("1.1.0");
    const changes = await stage.db.change.findMany({ where: { subjectId: id } });
    expect(changes).toMatchObject([
      { title: `known 1.1.0 deployed to ${stage.environment.slug} outside the portal`, actorKind: "outside" },
    ]);
    // The portal wrote nothing: the only update was theirs.
    expect(await stage.effects("UpdateService", scene)).toBe(1);
    expect(
      (await stage.db.release.findMany({ where: { serviceId: scene.service.id } })).map((one) => one.source),
    ).toEqual(["posted", "posted"]);
  });

  test("of what nobody had posted keeps a release as adopted, which a person can roll back from", async () => {
    const scene = await stage.scene({ name: "unknown", versions: ["1.0.0"] });
    await stage.updateService(scene, { taskDefinition: await register(scene, `${repository}:1.1.0`) });
    const { id } = await adopted(scene);
    expect(await stage.follow(id)).toMatchObject({ status: "succeeded", release: { version: "1.1.0" } });
    const release = await stage.db.release.findFirstOrThrow({
      where: { serviceId: scene.service.id, version: "1.1.0" },
      include: { artefacts: true },
    });
    expect(release).toMatchObject({ source: "adopted", createdBy: "outside:ecs" });
    expect(release.artefacts).toMatchObject([
      { container: "app", tag: "1.1.0", digest: expect.stringMatching(/^sha256:/) },
    ]);

    const back = await rollbackDeployment(stage.as(actors.releaseManager), { deployment: id, reason: "not ours" });
    expect(back.status).toBe(201);
    expect(await stage.follow(back.body.id)).toMatchObject({ status: "succeeded", release: { version: "1.0.0" } });
  });

  test("while ours runs ends ours as superseded, names what came, and is followed", async () => {
    const scene = await stage.scene({ name: "overtaken", versions: ["1.0.0", endless], breaker: false });
    const { id } = await stage.deploy(scene, endless);
    await stage.follow(id, (dto) => dto.targets[0]?.steps.some((step) => step.rollout !== null) === true);
    const theirs = await register(scene, `${repository}:1.1.0`);
    await stage.updateService(scene, { taskDefinition: theirs });

    const ours = await stage.follow(id);
    expect(ours).toMatchObject({
      status: "superseded",
      cause: { kind: "superseded", detail: expect.stringContaining(theirs.split("/").at(-1) ?? "") },
    });
    const { id: their } = await adopted(scene);
    expect(await stage.follow(their)).toMatchObject({ status: "succeeded", source: "outside" });
    expect(await stage.read(id)).toMatchObject({ supersededBy: { id: their, version: "1.1.0" } });
    expect(await stage.db.verdict.findFirst({ where: { releaseId: ours.release.id } })).toBeNull();
    expect((await targetOf(scene)).release?.version).toBe("1.1.0");
  });

  test("that fails is told with its cause and left to whoever started it", async () => {
    const scene = await stage.scene({ name: "crashing", versions: ["1.0.0"], breaker: false });
    await stage.updateService(scene, { taskDefinition: await register(scene, `${repository}:1.2.0-crash`) });
    const { id } = await adopted(scene);
    // Without its circuit breaker ECS tries for ever, so that the rollout is under way when it is found.
    const deploymentConfiguration = { deploymentCircuitBreaker: { enable: true, rollback: true } };
    await updateOutside(stage.clients, scene.placement, { deploymentConfiguration });
    // ECS has a circuit breaker here, and undoes it: the portal had no hand in it.
    expect(await stage.follow(id)).toMatchObject({
      status: "rolled_back",
      cause: { kind: "exit_code", lines: expect.arrayContaining(["Error: required setting is missing"]) },
    });
    expect((await targetOf(scene)).release?.version).toBe("1.0.0");
    // Theirs, and the circuit breaker.
    expect(await stage.effects("UpdateService", scene)).toBe(2);
    expect(await stage.effects("StopServiceDeployment", scene)).toBe(0);
    expect(await stage.db.deployment.count({ where: { serviceId: scene.service.id, source: "outside" } })).toBe(1);
  });

  test("that returns to an earlier revision in the console is found by that revision", async () => {
    const scene = await stage.scene({ name: "console" });
    const { id } = await stage.deploy(scene);
    await stage.follow(id);
    await stage.updateService(scene, { taskDefinition: scene.taskDefinitionArn });
    const { id: back } = await adopted(scene);
    expect(await stage.follow(back)).toMatchObject({
      status: "succeeded",
      release: { version: "1.0.0" },
      from: { version: "1.1.0" },
    });
  });
});

test("what somebody brings while ours waits to be cancelled is what ended it, and is left alone", async () => {
  const scene = await stage.scene({ name: "late-cancel", versions: ["1.0.0", endless], breaker: false });
  const { id } = await stage.deploy(scene, endless);
  await stage.follow(id, (dto) => dto.targets[0]?.steps.some((step) => step.rollout !== null) === true);
  await stage.aws.fault("ecs", "StopServiceDeployment", "unavailable", 1000);
  await cancelDeployment(stage.as(actors.releaseManager), { deployment: id, reason: "not today" });
  await stage.follow(id, ({ targets }) => typeof targets[0]?.waitingFor === "string");
  const theirs = await register(scene, `${repository}:1.1.0`);
  await stage.updateService(scene, { taskDefinition: theirs });
  await stage.aws.clearFaults();
  const detail = expect.stringContaining(theirs.split("/").at(-1) ?? "");
  expect(await stage.follow(id)).toMatchObject({ status: "superseded", cause: { kind: "superseded", detail } });
  expect(await stage.adopt(scene)).toMatchObject({ source: "outside" });
});

describe("a rollout from outside that is under way when ours begins", () => {
  test("stops ours at its gates, and is adopted", async () => {
    const scene = await stage.scene({ name: "busy", versions: ["1.0.0", "1.1.0", endless], breaker: false });
    const theirs = await register(scene, `${repository}:${endless}`);
    await stage.updateService(scene, { taskDefinition: theirs });
    const { id } = await stage.deploy(scene);
    expect(await stage.follow(id)).toMatchObject({
      status: "failed",
      cause: { kind: "gate", headline: expect.stringContaining("outside the portal is under way") },
    });
    expect(await stage.effects("UpdateService", scene)).toBe(1);
    expect(await adopted(scene)).toMatchObject({ source: "outside", status: "running" });
  });

  test("is on the timeline when a person overrides the gate", async () => {
    const scene = await stage.scene({ name: "pushed", versions: ["1.0.0", "1.1.0", endless], breaker: false });
    const theirs = await register(scene, `${repository}:${endless}`);
    await stage.updateService(scene, { taskDefinition: theirs });
    const { service, environment } = scene;
    const overrides = ["nothing-under-way"];
    const { id } = await createDeployment(stage.as(actors.releaseManager), {
      service: service.slug,
      environment: environment.slug,
      version: "1.1.0",
      reason: "test",
      overrides,
    });
    expect(await stage.follow(id)).toMatchObject({ status: "succeeded", release: { version: "1.1.0" } });
    const changes = await stage.db.change.findMany({ where: { subjectId: id }, orderBy: { id: "asc" } });
    expect(changes).toMatchObject([
      {
        title: `pushed ${theirs.split("/").at(-1)} deployed to ${environment.slug} outside the portal, and replaced by 1.1.0`,
        actorKind: "outside",
      },
      { title: `pushed 1.1.0 deployed to ${environment.slug}` },
    ]);
  });
});

test("a rollout of ours that is under way is none from outside: the next one is offered without an override", async () => {
  const scene = await stage.scene({ name: "ours", versions: ["1.0.0", endless], breaker: false });
  const { id } = await stage.deploy(scene, endless);
  await stage.follow(id, (dto) => dto.targets[0]?.steps.some((step) => step.rollout !== null) === true);
  const place = { service: scene.service.id, environment: scene.environment.id };
  const plan = await planDeployment(stage.as(actors.releaseManager), { ...place, kind: "deploy", version: "1.0.0" });
  expect(plan.gates.find(({ name }) => name === "nothing-under-way")).toMatchObject({ result: "pass" });
  expect(plan.conflict).toMatchObject({ deployment: id });
});

test("a rollout of ours that somebody stops in the console says so, and its release is not called bad", async () => {
  const scene = await stage.scene({ name: "stopped", versions: ["1.0.0", endless], breaker: false });
  const { id, release } = await stage.deploy(scene, endless);
  await stage.follow(id, (dto) => dto.targets[0]?.steps.some((step) => step.rollout !== null) === true);
  const { currentRolloutArn } = await stage.ports.runtime.describeService(scene.placement);
  await stopOutside(stage.clients, currentRolloutArn ?? "");
  expect(await stage.follow(id)).toMatchObject({ status: "rolled_back", cause: { kind: "stopped_outside" } });
  expect(await stage.db.verdict.findFirst({ where: { releaseId: release.id } })).toBeNull();
  expect(await stage.adopt(scene)).toBeNull();
});

test("scaling outside the portal is on the timeline, once", async () => {
  const scene = await stage.scene({ name: "scaled" });
  await stage.observe();
  await stage.updateService(scene, { desiredCount: 2 });
  await stage.observe();
  await stage.observe();
  const changes = await stage.db.change.findMany({ where: { serviceId: scene.service.id } });
  expect(changes).toMatchObject([
    {
      kind: "scaling",
      title: `scaled scaled from 1 to 2 in ${stage.environment.slug} outside the portal`,
      facts: { before: 1, after: 2 },
      actorKind: "outside",
    },
  ]);
});

test("what was seen is not used when the target moved meanwhile", async () => {
  const scene = await stage.scene({ name: "moving" });
  await stage.updateService(scene, { taskDefinition: await register(scene, `${repository}:1.1.0`) });
  // While theirs is under way, ours would stop at its gates.
  const settled = ({ currentRolloutArn }: { currentRolloutArn: string | null }) => currentRolloutArn === null;
  await until(() => stage.ports.runtime.describeService(scene.placement), settled, { everyMs: 20 });
  const { adoptOutside } = await import("./adopt.ts");
  const { runtime } = stage.ports;
  let began: string | undefined;
  const slow = {
    ...stage.ports,
    runtime: {
      ...runtime,
      async findRollout(...args: Parameters<typeof runtime.findRollout>) {
        began = (await stage.deploy(scene, "1.0.0")).id;
        return runtime.findRollout(...args);
      },
    },
  };
  expect(await adoptOutside(stage.db, slow, scene.target.id)).toBeUndefined();
  expect(await stage.follow(began ?? "")).toMatchObject({ status: "succeeded" });
  expect(await stage.adopt(scene)).toBeNull();
});
