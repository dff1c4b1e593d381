import { describe, expect, test } from "vitest";
import { createDeployment } from "../deployments/commands/create.ts";
import { rollbackDeployment } from "../deployments/commands/rollback.ts";
import { deploymentDtoOf } from "../deployments/queries/one.ts";
import { planDeployment } from "../deployments/queries/plan.ts";
import { listChanges } from "../changes/queries.ts";
import { actors, createEnvironment, createTarget, grant, userActor } from "../testing/factories.ts";
import { deploymentScene } from "../testing/deployment-scene.ts";
import { rowCounts, withDatabase } from "../testing/with-database.ts";
import { revertVariables } from "./commands/revert.ts";
import { patchVariables, saveVariables } from "./commands/save.ts";
import { takeOverVariables } from "./commands/take-over.ts";
import { getVariables } from "./queries/current.ts";
import { getVersion, listVersions } from "./queries/history.ts";
import { listSecretChoices } from "./queries/secret-choices.ts";

const database = withDatabase();
const arn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:shop/key-AbCdEf";

async function scene() {
  const made = await deploymentScene(database.db);
  const place = { service: made.service.slug, environment: made.environment.slug };
  const ctx = made.as(actors.releaseManager);
  const deploy = async (input: { version?: string; configVersion?: number } = {}) => {
    const { id } = await createDeployment(ctx, { ...place, ...input });
    await made.finish(id);
    return deploymentDtoOf(ctx, id);
  };
  const set = (expectedNumber: number, name: string, value: string) =>
    patchVariables(ctx, { ...place, expectedNumber, set: [{ name, value }] });
  const runs = () =>
    made.fake.definition(made.fake.service(made.placement).taskDefinitionArn).definition.containerDefinitions[0]
      ?.environment;
  return { ...made, place, ctx, deploy, set, runs };
}

describe("saving", () => {
  test("by two people at once makes one version, and tells the second", async () => {
    const here = await scene();
    await takeOverVariables(here.ctx, here.place);
    const answers = await Promise.allSettled([here.set(1, "A", "1"), here.set(1, "A", "2"), here.set(1, "B", "3")]);
    expect(answers.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    for (const one of answers)
      if (one.status === "rejected")
        expect(one.reason).toMatchObject({ code: "conflict", details: { reason: "stale_number" } });
    const { items } = await listVersions(here.ctx, here.place);
    expect(items.map((one) => one.number)).toEqual([2, 1]);
  });

  test("what looks like a secret, or drops what runs, asks for confirmation and is no refusal", async () => {
    const here = await scene();
    const entries = [{ name: "API_TOKEN", value: "swordfish" }];
    const asked = saveVariables(here.ctx, { ...here.place, expectedNumber: 0, entries });
    await expect(asked).rejects.toMatchObject({
      code: "precondition",
      details: {
        reason: "needs_confirmation",
        warnings: [
          { code: "looks_secret", name: "API_TOKEN" },
          { code: "drops_unmanaged", name: "MODE" },
        ],
      },
    });
    expect((await getVariables(here.ctx, here.place)).number).toBe(0);
    await saveVariables(here.ctx, { ...here.place, expectedNumber: 0, entries, confirmed: true });
    // What was confirmed once is not asked about again.
    expect((await here.set(1, "OTHER", "1")).version.number).toBe(2);
    const shown = await getVariables(here.ctx, here.place);
    expect(shown.entries).toMatchObject([
      { name: "API_TOKEN", sensitive: true },
      { name: "OTHER", sensitive: false },
    ]);
  });

  test("more than a task definition holds is refused in words", async () => {
    const here = await scene();
    const entries = Array.from({ length: 1000 }, (_one, index) => ({ name: `V${index}`, value: "x".repeat(4096) }));
    const asked = saveVariables(here.ctx, { ...here.place, expectedNumber: 0, entries, confirmed: true });
    await expect(asked).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringContaining("at most 64 KB"),
      details: { reason: "too_large" },
    });
  });

  test("a thousand small ones works, and what is just too much with the rest is stopped by the gate", async () => {
    const here = await scene();
    const many = Array.from({ length: 1000 }, (_one, index) => ({ name: `V${index}`, value: "x" }));
    await saveVariables(here.ctx, { ...here.place, expectedNumber: 0, entries: many, confirmed: true });
    expect((await getVariables(here.ctx, here.place)).entries).toHaveLength(1000);
    const big = Array.from({ length: 4 }, (_one, index) => ({ name: `BIG${index}`, value: "x".repeat(16_320) }));
    await saveVariables(here.ctx, { ...here.place, expectedNumber: 1, entries: big, confirmed: true });
    const deployment = await here.deploy();
    expect(deployment).toMatchObject({ status: "failed", headline: expect.stringContaining("at most 64 KB") });
    expect(here.runs()).toEqual([{ name: "MODE", value: "live" }]);
  });

  test("a secret that does not exist is refused, and one deleted after pinning stops the deployment with its reason", async () => {
    const here = await scene();
    await takeOverVariables(here.ctx, here.place);
    const reference = { ...here.place, expectedNumber: 1, set: [{ name: "KEY", secret: arn }] };
    await expect(patchVariables(here.ctx, reference)).rejects.toMatchObject({
      code: "invalid",
      details: { reason: "secret_not_found" },
    });
    here.fake.setSecret(arn, ["v-1"]);
    await patchVariables(here.ctx, reference);
    here.fake.breakSecret(`${arn}:::v-1`, "The secret shop/key is scheduled for deletion.");
    const deployment = await here.deploy();
    expect(deployment).toMatchObject({
      status: "failed",
      headline: expect.stringContaining("KEY cannot be resolved: The secret shop/key is scheduled"),
    });
    expect((await getVariables(here.ctx, here.place)).running).toMatchObject([{ number: 1 }]);
  });
});

describe("who may not", () => {
  test("changes nothing, and learns no names of secrets", async () => {
    const here = await scene();
    await takeOverVariables(here.ctx, here.place);
    const before = await rowCounts(database.db);
    const elsewhere = userActor(grant("viewer"), grant("developer", { environmentKind: "staging" }));
    for (const actor of [actors.viewer, elsewhere]) {
      const ctx = here.as(actor as typeof actors.viewer);
      const entries = [{ name: "MODE", value: "x" }];
      await expect(saveVariables(ctx, { ...here.place, expectedNumber: 1, entries })).rejects.toMatchObject({
        code: "forbidden",
      });
      await expect(revertVariables(ctx, { ...here.place, to: 1, expectedNumber: 1 })).rejects.toMatchObject({
        code: "forbidden",
      });
      await expect(takeOverVariables(ctx, here.place)).rejects.toMatchObject({ code: "forbidden" });
      await expect(listSecretChoices(ctx, here.place)).rejects.toMatchObject({ code: "forbidden" });
      expect((await getVariables(ctx, here.place)).can.save).toEqual(expect.any(String));
    }
    expect(await rowCounts(database.db)).toEqual(before);
  });

  test("numbers of another environment are not found here", async () => {
    const here = await scene();
    const other = await createEnvironment(database.db, { kind: "staging" });
    await takeOverVariables(here.ctx, here.place);
    await here.set(1, "A", "1");
    const elsewhere = { service: here.place.service, environment: other.slug };
    await saveVariables(here.ctx, { ...elsewhere, expectedNumber: 0, entries: [{ name: "X", value: "1" }] });
    await expect(getVersion(here.ctx, { ...elsewhere, number: 2 })).rejects.toMatchObject({ code: "not_found" });
    await expect(revertVariables(here.ctx, { ...elsewhere, to: 2, expectedNumber: 1 })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(createDeployment(here.ctx, { ...here.place, configVersion: 3 })).rejects.toMatchObject({
      code: "not_found",
    });
    const secret = { ...elsewhere, expectedNumber: 1, set: [{ name: "KEY", secret: arn }] };
    await expect(patchVariables(here.ctx, secret)).rejects.toMatchObject({
      code: "precondition",
      details: { reason: "no_target" },
    });
  });
});

describe("targets that run different releases", () => {
  test("are refused variables alone, and nothing is made, until one release is deployed to all of them", async () => {
    const here = await scene();
    const { service, environment, second, fake, target, placement } = here;
    const other = { ...placement, ecsService: `${service.slug}-west` };
    const taskDefinitionArn = fake.addService(other, {
      definition: fake.definition(here.runningArn).definition,
      desiredCount: 2,
      runningCount: 2,
      alarmNames: [],
    });
    await createTarget(database.db, {
      service,
      environment,
      ecsService: other.ecsService,
      wave: 2,
      releaseId: second.id,
      taskDefinitionArn,
    });
    await database.db.target.update({ where: { id: target.id }, data: { releaseId: here.first.id } });
    await takeOverVariables(here.ctx, here.place);
    await here.set(1, "A", "1");
    const before = await rowCounts(database.db);

    const refused = {
      code: "precondition",
      message: expect.stringContaining("run different releases here"),
      details: { reason: "no_release" },
    };
    await expect(createDeployment(here.ctx, here.place)).rejects.toMatchObject(refused);
    const plan = await planDeployment(here.ctx, { ...here.place, kind: "config" });
    expect(plan).toMatchObject({ to: null, gates: [], warnings: [expect.stringContaining("run different ones")] });
    await expect(
      revertVariables(here.ctx, { ...here.place, to: 1, expectedNumber: 2, apply: true }),
    ).rejects.toMatchObject(refused);
    expect(await rowCounts(database.db)).toEqual(before);
    const shown = await getVariables(here.ctx, here.place);
    expect(shown).toMatchObject({
      number: 2,
      release: null,
      can: { apply: expect.stringContaining("different releases") },
    });

    const { id } = await createDeployment(here.ctx, { ...here.place, version: "1.1.0" });
    const runs = await database.db.deploymentTarget.findMany({
      where: { deploymentId: id },
      include: { deployment: true },
    });
    expect(runs).toHaveLength(2);
    expect(runs[0]?.deployment).toMatchObject({ kind: "deploy", configVersionId: shown.version?.id });
  });
});

describe("going back", () => {
  test("to a release keeps the variables that run, unless their version is asked for", async () => {
    const here = await scene();
    await takeOverVariables(here.ctx, here.place);
    await here.deploy({ version: "1.0.0" });
    await here.set(1, "A", "1");
    const upgraded = await here.deploy({ version: "1.1.0" });
    expect(upgraded.variables).toMatchObject({ from: 1, to: 2, added: ["A"] });
    const plan = await planDeployment(here.ctx, { ...here.place, kind: "rollback" });
    expect(plan).toMatchObject({ to: { version: "1.0.0" }, variables: { from: 2, to: 2 }, lastRanWith: 1 });
    const kept = await rollbackDeployment(here.ctx, { deployment: upgraded.id });
    await here.finish(kept.body.id);
    expect(here.runs()).toEqual([
      { name: "A", value: "1" },
      { name: "MODE", value: "live" },
    ]);
    const again = await here.deploy({ version: "1.1.0" });
    const both = await rollbackDeployment(here.ctx, { deployment: again.id, configVersion: 1 });
    await here.finish(both.body.id);
    expect(here.runs()).toEqual([{ name: "MODE", value: "live" }]);
    expect((await getVariables(here.ctx, here.place)).running).toMatchObject([{ number: 1 }]);
  });

  test("from variables is one call on their deployment, once, and the timeline offers it", async () => {
    const here = await scene();
    await takeOverVariables(here.ctx, here.place);
    await here.set(1, "A", "1");
    const applied = await here.deploy();
    const offered = async () =>
      (await listChanges(here.ctx, { service: here.place.service })).items.map((one) => [
        one.kind,
        one.undo?.variables ?? null,
      ]);
    expect(await offered()).toEqual([["variables", 1]]);
    expect(applied.can.rollback).toBe(true);
    const back = await rollbackDeployment(here.ctx, { deployment: applied.id });
    await here.finish(back.body.id);
    expect(back.body).toMatchObject({
      kind: "config",
      rollbackOf: applied.id,
      variables: { from: 2, to: 3, removed: ["A"] },
    });
    expect(here.runs()).toEqual([{ name: "MODE", value: "live" }]);
    await expect(rollbackDeployment(here.ctx, { deployment: applied.id })).rejects.toMatchObject({
      code: "conflict",
      details: { reason: "not_current" },
    });
    expect(await offered()).toEqual([
      ["variables", 2],
      ["variables", null],
    ]);
  });

  test("variables that break the service are undone by ECS, and the release is not called bad for them", async () => {
    const here = await scene();
    await takeOverVariables(here.ctx, here.place);
    await here.set(1, "A", "breaks");
    here.fake.script(here.placement, [
      { status: "rollback_in_progress" },
      { status: "rollback_successful", rollbackReason: "It did not start." },
    ]);
    const deployment = await here.deploy();
    expect(deployment.status).toBe("rolled_back");
    expect((await getVariables(here.ctx, here.place)).running).toMatchObject([{ number: 1 }]);
    const verdict = await database.db.verdict.findFirst({ where: { releaseId: here.first.id } });
    expect(verdict).toMatchObject({ verdict: "good", held: false });
  });
});
