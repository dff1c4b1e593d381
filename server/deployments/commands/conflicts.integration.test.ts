import { describe, expect, test } from "vitest";
import { isDatabaseBusy } from "../../db/gone.ts";
import { createLock } from "../../locks/commands/create.ts";
import { liftLock } from "../../locks/commands/lift.ts";
import { judgeRelease } from "../../releases/commands/judge.ts";
import { conflictScene, type ConflictScene } from "../../testing/conflict-scene.ts";
import { withDatabase } from "../../testing/with-database.ts";
import type { OnConflict } from "../schema.ts";
import { healPlaces } from "../engine/move-place.ts";
import { getDeployment } from "../queries/one.ts";
import { cancelDeployment } from "./cancel.ts";
import { createDeployment } from "./create.ts";
import { rollbackDeployment } from "./rollback.ts";

const database = withDatabase();
const scene = (waves?: number[]) => conflictScene(database.db, waves ? { waves } : {});

const deploy = (on: ConflictScene, onConflict: OnConflict = "reject", version = "1.1.0") =>
  createDeployment(on.asDeveloper, { service: on.service.id, environment: on.environment.id, version, onConflict });
const read = (on: ConflictScene, id: string) => getDeployment(on.asManager, { deployment: id });
const runs = async (on: ConflictScene) =>
  (await on.db.target.findUniqueOrThrow({ where: { id: on.target.id }, include: { release: true } })).release?.version;
const verdict = (on: ConflictScene) =>
  on.db.verdict.findUnique({
    where: { releaseId_environmentId: { releaseId: on.second.id, environmentId: on.environment.id } },
  });
const lock = (on: ConflictScene, expiresAt?: Date) =>
  createLock(on.asManager, {
    service: on.service.id,
    environment: on.environment.id,
    reason: "Black Friday",
    ...(expiresAt ? { expiresAt: expiresAt.toISOString() } : {}),
  });

describe("a request that waits", () => {
  test("begins with the end of what is under way, and comes from what runs then", async () => {
    const on = await scene();
    const first = await deploy(on);
    const second = await deploy(on, "queue", "1.0.0");
    expect(second).toMatchObject({
      status: "queued",
      startedAt: null,
      waitsFor: expect.stringContaining("1.1.0 is being deployed by"),
    });
    await on.settle();
    expect(await read(on, first.id)).toMatchObject({ status: "succeeded" });
    expect(await read(on, second.id)).toMatchObject({ status: "succeeded", from: { version: "1.1.0" } });
    expect(await runs(on)).toBe("1.0.0");
  });

  test("gives way to a newer one that waits, and says to which", async () => {
    const on = await scene();
    await deploy(on);
    const older = await deploy(on, "queue");
    const newer = await deploy(on, "queue", "1.0.0");
    expect(await read(on, older.id)).toMatchObject({
      status: "superseded",
      supersededBy: { id: newer.id, version: "1.0.0" },
    });
    await on.settle();
    expect(await read(on, newer.id)).toMatchObject({ status: "succeeded" });
  });

  test("is cancelled without anything having changed", async () => {
    const on = await scene();
    await deploy(on);
    const { id } = await deploy(on, "queue");
    expect(await cancelDeployment(on.asDeveloper, { deployment: id })).toMatchObject({ status: "cancelled" });
    await expect(cancelDeployment(on.asDeveloper, { deployment: id })).rejects.toMatchObject({ code: "conflict" });
    await on.settle();
    expect(on.fake.effects("startRollout")).toHaveLength(1);
  });

  test("does not begin when whoever asked may not any more", async () => {
    const on = await scene();
    await deploy(on);
    const { id } = await deploy(on, "queue");
    await on.db.grant.deleteMany({ where: { principalId: on.developer.id } });
    await on.settle();
    expect(await read(on, id)).toMatchObject({ status: "cancelled", cause: { kind: "not_begun" } });
  });

  test("does not begin when its release was held meanwhile, even for who may deploy what is held", async () => {
    const on = await scene();
    await deploy(on, "reject", "1.0.0");
    const { id } = await createDeployment(on.asManager, {
      service: on.service.id,
      environment: on.environment.id,
      version: "1.1.0",
      onConflict: "queue",
    });
    on.wait(1_000);
    await judgeRelease(on.asManager, {
      release: on.second.id,
      environment: on.environment.id,
      verdict: "bad",
      held: true,
      reason: "leaks",
    });
    await on.settle();
    expect(await read(on, id)).toMatchObject({
      status: "cancelled",
      cause: { headline: expect.stringContaining("leaks") },
    });
  });

  test("is begun by the heal job when whoever ended the other died in between", async () => {
    const on = await scene();
    const first = await deploy(on);
    const second = await deploy(on, "queue", "1.0.0");
    // The end reached the database and what follows from it did not, as no code of ours would leave it.
    await on.db.deploymentTarget.updateMany({ where: { deploymentId: first.id }, data: { status: "succeeded" } });
    await on.db.deployment.update({ where: { id: first.id }, data: { status: "succeeded", finishedAt: on.now() } });
    await healPlaces(on.db, on.now);
    await healPlaces(on.db, on.now);
    expect(await read(on, second.id)).toMatchObject({ status: "running" });
    await on.settle();
    expect(await read(on, second.id)).toMatchObject({ status: "succeeded" });
  });
});

test("an end and what follows from it are one: a worker that dies between them leaves neither", async () => {
  const on = await scene();
  const first = await deploy(on);
  const second = await deploy(on, "queue", "1.0.0");
  await on.db.$executeRawUnsafe(`create function die_here() returns trigger language plpgsql as
    $$ begin raise exception 'killed between the end and what follows'; end $$`);
  await on.db.$executeRawUnsafe(`create trigger die_here before update on deployments for each row
    when (old.id = '${second.id}' and old.status = 'queued' and new.status = 'running') execute function die_here()`);
  await expect(on.settle()).rejects.toThrow("killed");
  expect(await read(on, first.id)).toMatchObject({ status: "running", finishedAt: null });
  expect(await read(on, second.id)).toMatchObject({ status: "queued" });
  await on.db.$executeRawUnsafe("drop function die_here() cascade");
  await on.settle();
  expect(await read(on, first.id)).toMatchObject({ status: "succeeded" });
  expect(await read(on, second.id)).toMatchObject({ status: "succeeded" });
});

describe("a request that supersedes", () => {
  test("frees the target at once; what it displaced is neither judged nor undone", async () => {
    const on = await scene();
    on.fake.script(
      on.placement,
      Array.from({ length: 50 }, () => ({ status: "in_progress" as const, running: 1 })),
    );
    const first = await deploy(on);
    await on.settle(3);
    expect(on.fake.effects("startRollout")).toHaveLength(1);
    const second = await deploy(on, "supersede", "1.0.0");
    expect(await read(on, first.id)).toMatchObject({
      status: "superseded",
      automatic: false,
      supersededBy: { id: second.id },
    });
    await on.settle();
    expect(await read(on, second.id)).toMatchObject({ status: "succeeded", from: { version: "1.0.0" } });
    expect(await read(on, first.id)).toMatchObject({ status: "superseded" });
    expect(await verdict(on)).toBeNull();
    expect(on.fake.effects("stopRollout")).toHaveLength(0);
  });

  test("that fails its gates undoes what it had displaced half way", async () => {
    const on = await scene();
    on.fake.script(
      on.placement,
      Array.from({ length: 50 }, () => ({ status: "in_progress" as const, running: 1 })),
    );
    await deploy(on);
    await on.settle(3);
    on.fake.service(on.placement).alarmNames = ["errors"];
    on.fake.setAlarm("errors", "ALARM");
    const second = await deploy(on, "supersede");
    await on.settle();
    expect(await read(on, second.id)).toMatchObject({ status: "rolled_back", cause: { kind: "gate" } });
    const images = on.fake
      .definition(on.fake.service(on.placement).taskDefinitionArn)
      .definition.containerDefinitions.map((one) => one.image);
    expect(images).toEqual(on.fake.definition(on.runningArn).definition.containerDefinitions.map((one) => one.image));
    expect(await verdict(on)).toBeNull();
    expect(await runs(on)).toBe("1.0.0");
  });

  test("that ECS rolls back returns to what had worked, not to what it had displaced", async () => {
    const on = await scene();
    on.fake.script(
      on.placement,
      Array.from({ length: 50 }, () => ({ status: "in_progress" as const, running: 1 })),
    );
    const first = await deploy(on);
    await on.settle(3);
    on.fake.script(on.placement, [
      { status: "in_progress" },
      { status: "rollback_in_progress" },
      { status: "rollback_successful" },
    ]);
    const second = await deploy(on, "supersede");
    await on.settle();
    expect(await read(on, first.id)).toMatchObject({ status: "superseded" });
    expect(await read(on, second.id)).toMatchObject({ status: "rolled_back" });
    const { definition } = on.fake.definition(on.fake.service(on.placement).taskDefinitionArn);
    expect(definition.containerDefinitions[0]?.image).toBe(
      on.fake.definition(on.runningArn).definition.containerDefinitions[0]?.image,
    );
  });

  test("leaves a rollback alone, unless a release manager says why", async () => {
    const on = await scene();
    const first = await deploy(on);
    await on.settle();
    await rollbackDeployment(on.asManager, { deployment: first.id });
    await expect(deploy(on, "supersede")).rejects.toMatchObject({
      code: "forbidden",
      details: { reason: "undo_under_way" },
    });
    const asked = {
      service: on.service.id,
      environment: on.environment.id,
      version: "1.1.0",
      onConflict: "supersede",
    } as const;
    await expect(createDeployment(on.asManager, asked)).rejects.toMatchObject({
      details: { fields: { reason: expect.any(String) } },
    });
    const second = await createDeployment(on.asManager, { ...asked, reason: "the fix" });
    await on.settle();
    expect(await read(on, second.id)).toMatchObject({ status: "succeeded" });
  });
});

describe("a lock", () => {
  test("refuses with who, why and until when; what waits begins when it is lifted", async () => {
    const on = await scene();
    const { id, words } = await lock(on);
    await expect(deploy(on)).rejects.toMatchObject({
      code: "conflict",
      message: words,
      details: { reason: "locked", lock: id, lockedFor: "Black Friday" },
    });
    await expect(deploy(on, "supersede")).rejects.toMatchObject({ details: { reason: "locked" } });
    const waiting = await deploy(on, "queue");
    expect(waiting).toMatchObject({ status: "queued", waitsFor: expect.stringContaining("Black Friday") });
    await healPlaces(on.db, on.now);
    expect(await read(on, waiting.id)).toMatchObject({ status: "queued" });
    await liftLock(on.asManager, { lock: id });
    await healPlaces(on.db, on.now);
    await on.settle();
    expect(await read(on, waiting.id)).toMatchObject({ status: "succeeded" });
  });

  test("ends by itself", async () => {
    const on = await scene();
    await lock(on, new Date(on.now().getTime() + 60_000));
    await expect(deploy(on)).rejects.toMatchObject({ details: { reason: "locked" } });
    on.wait(61_000);
    expect(await deploy(on)).toMatchObject({ status: "running" });
  });

  test("never stops an undo, and a rollback afterwards passes with the right and a reason", async () => {
    const on = await scene();
    const first = await deploy(on);
    await lock(on);
    await on.settle();
    const asked = { deployment: first.id };
    await expect(rollbackDeployment(on.asManager, asked)).rejects.toMatchObject({ details: { reason: "locked" } });
    await expect(rollbackDeployment(on.asManager, { ...asked, overrideLock: true })).rejects.toMatchObject({
      code: "invalid",
    });
    await expect(
      rollbackDeployment(on.asDeveloper, { ...asked, overrideLock: true, reason: "errors" }),
    ).rejects.toMatchObject({ code: "forbidden" });
    const { body } = await rollbackDeployment(on.asManager, { ...asked, overrideLock: true, reason: "errors" });
    expect(await rollbackDeployment(on.asDeveloper, { deployment: body.id })).toMatchObject({ status: 202 });
    await on.settle();
    expect(await runs(on)).toBe("1.1.0");
  });

  test("is made and lifted by who may, and once", async () => {
    const on = await scene();
    await expect(createLock(on.asDeveloper, { reason: "no" })).rejects.toMatchObject({ code: "forbidden" });
    const { id } = await lock(on);
    await expect(liftLock(on.asDeveloper, { lock: id })).rejects.toMatchObject({ code: "forbidden" });
    await liftLock(on.asManager, { lock: id });
    await expect(liftLock(on.asManager, { lock: id })).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("waves", () => {
  test("begin one after the other, and the release is good when the last has succeeded", async () => {
    const on = await scene([1, 2, 2]);
    const { id } = await deploy(on);
    const statuses = async () => (await read(on, id)).targets.map((run) => [run.wave, run.status]);
    expect(await statuses()).toEqual([
      [1, "running"],
      [2, "queued"],
      [2, "queued"],
    ]);
    await expect(deploy(on)).rejects.toMatchObject({ details: { reason: "deployment_active" } });
    while ((await statuses())[0]?.[1] !== "succeeded") await on.settle(1);
    expect((await statuses()).slice(1)).toEqual([
      [2, "running"],
      [2, "running"],
    ]);
    expect(await verdict(on)).toBeNull();
    expect(await read(on, id)).toMatchObject({ status: "running", finishedAt: null });
    await on.settle();
    expect(await read(on, id)).toMatchObject({ status: "succeeded" });
    expect(await verdict(on)).toMatchObject({ verdict: "good" });
  });

  test("that fail undo everything the release had reached, and what waited never begins", async () => {
    const on = await scene([1, 2, 3]);
    const second = on.places[1]?.placement ?? on.placement;
    on.fake.script(second, [
      { status: "in_progress" },
      { status: "rollback_in_progress" },
      { status: "rollback_successful" },
    ]);
    const { id } = await deploy(on);
    await on.settle();
    const dto = await read(on, id);
    expect(dto).toMatchObject({ status: "rolled_back", automatic: true });
    expect(dto.targets.map((run) => run.status)).toEqual(["rolled_back", "rolled_back", "cancelled"]);
    expect(await runs(on)).toBe("1.0.0");
    expect(await verdict(on)).toMatchObject({ verdict: "bad", held: true });
  });

  test("are undone one target at a time when a person asks for it", async () => {
    const on = await scene([1, 2]);
    const { id } = await deploy(on);
    await on.settle();
    const target = on.places[1]?.id ?? "";
    const { body } = await rollbackDeployment(on.asManager, { deployment: id, targets: [target] });
    expect(body.targets.map((run) => run.targetId)).toEqual([target]);
    await on.settle();
    expect(await runs(on)).toBe("1.1.0");
    expect(
      (await on.db.target.findUniqueOrThrow({ where: { id: target }, include: { release: true } })).release?.version,
    ).toBe("1.0.0");
    await expect(rollbackDeployment(on.asManager, { deployment: id, targets: ["tgt_other"] })).rejects.toMatchObject({
      code: "invalid",
    });
  });

  test("that a person cancels are undone where they had begun", async () => {
    const on = await scene([1, 2, 3]);
    const { id } = await deploy(on);
    while ((await read(on, id)).targets[1]?.status !== "running") await on.settle(1);
    await cancelDeployment(on.asDeveloper, { deployment: id });
    await on.settle();
    const dto = await read(on, id);
    expect(dto).toMatchObject({ status: "cancelled", automatic: false });
    expect(dto.targets.map((run) => run.status)).toEqual(["cancelled", "cancelled", "cancelled"]);
    expect(await runs(on)).toBe("1.0.0");
  });

  test("wait for a lock between them", async () => {
    const on = await scene([1, 2]);
    const { id } = await deploy(on);
    const { id: made } = await lock(on);
    await on.settle();
    const dto = await read(on, id);
    expect(dto).toMatchObject({ status: "running", waitsFor: expect.stringContaining("Black Friday") });
    expect(dto.targets.map((run) => run.status)).toEqual(["succeeded", "queued"]);
    await liftLock(on.asManager, { lock: made });
    await healPlaces(on.db, on.now);
    await on.settle();
    expect(await read(on, id)).toMatchObject({ status: "succeeded" });
  });
});

test("of twenty requests at once nothing is lost: one target, one run; one place, one that waits; every one ends", async () => {
  const on = await scene([1, 2]);
  const choices: OnConflict[] = ["reject", "queue", "supersede", "queue", "supersede"];
  const asked = Array.from({ length: 20 }, (_, index) =>
    deploy(on, choices[index % choices.length], index % 2 ? "1.1.0" : "1.0.0"),
  );
  const answers = await Promise.allSettled(asked);
  const refused = answers.filter((one) => one.status === "rejected");
  // On a busy machine a request may wait too long for its turn: then nothing of it has happened.
  for (const { reason } of refused)
    expect(isDatabaseBusy(reason) ? "conflict" : (reason as { code: string }).code).toBe("conflict");
  const where = { serviceId: on.service.id, id: { not: on.seeded?.deploymentId ?? "" } };
  expect(await on.db.deployment.count({ where: { ...where, status: "running" } })).toBe(1);
  expect(await on.db.deployment.count({ where: { ...where, status: "queued" } })).toBeLessThanOrEqual(1);
  await on.settle();
  const all = await on.db.deployment.findMany({ where });
  expect(all).toHaveLength(20 - refused.length);
  for (const one of all) expect(["succeeded", "superseded"]).toContain(one.status);
  for (const one of all.filter(({ status }) => status === "superseded")) expect(one.supersededById).not.toBeNull();
});
