import { describe, expect, test } from "vitest";
import { openLocks } from "../db/lock.ts";
import type { TaskDefinition } from "../deployments/ports.ts";
import { createDeployment } from "../deployments/commands/create.ts";
import { getService } from "../services/queries.ts";
import { saveTasks } from "../services/observations.ts";
import { actors } from "../testing/factories.ts";
import { deploymentScene } from "../testing/deployment-scene.ts";
import { withDatabase } from "../testing/with-database.ts";
import { saveVariables } from "./commands/save.ts";
import { observeSecrets } from "./jobs.ts";
import { getVariables } from "./queries/current.ts";

const database = withDatabase();
const arn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:shop/password-AbCdEf";

/** A service whose tasks started with the secret's first version, pinned or not. */
async function running({ isPinned }: { isPinned: boolean }) {
  const here = await deploymentScene(database.db);
  const place = { service: here.service.slug, environment: here.environment.slug };
  const ctx = here.as(actors.releaseManager);
  here.fake.setSecret(arn, ["v-1"], new Date(here.now().getTime() - 60_000));
  const reference = { name: "DATABASE_PASSWORD", secret: arn, ...(isPinned ? {} : { secretVersion: null }) };
  await saveVariables(ctx, { ...place, expectedNumber: 0, entries: [reference], confirmed: true });
  const deployment = await createDeployment(ctx, { ...place, version: "1.1.0" });
  await here.finish(deployment.id);
  const tasks = here.fake.tasks(here.placement).filter((one) => one.lastStatus === "RUNNING");
  await saveTasks(database.db, here.target.id, tasks, {}, here.now());
  const look = async () => {
    const locks = openLocks(database.url, 1);
    await observeSecrets({ db: database.db, ports: here.fake.ports, locks, scale: 10 }, {});
    await locks.close();
    return (await getVariables(ctx, place)).secrets;
  };
  /** What whoever looks at the service as a whole is told. */
  const told = async () => (await getService(ctx, place)).targets.flatMap((target) => target.secrets);
  return { ...here, ctx, place, look, told };
}

describe("a secret whose value changed", () => {
  test("after its tasks started is told where the reference follows the current version", async () => {
    const here = await running({ isPinned: false });
    expect(await here.look()).toMatchObject([{ names: ["DATABASE_PASSWORD"], state: "current" }]);
    expect(await here.told()).toEqual([]);
    here.fake.setSecret(arn, ["v-1", "v-2"], new Date(here.now().getTime() + 60_000));
    expect(await here.look()).toMatchObject([
      { state: "changed", headline: expect.stringContaining("still run with the old value") },
    ]);
    expect(await here.told()).toMatchObject([
      { names: ["DATABASE_PASSWORD"], state: "changed", changedAt: expect.any(String) },
    ]);
    await database.db.task.updateMany({
      where: { targetId: here.target.id },
      data: { startedAt: new Date(here.now().getTime() + 120_000) },
    });
    expect(await here.told()).toEqual([]);
  });

  test("is told as newer than the pin where there is one, since tasks that start now get the old value, too", async () => {
    const here = await running({ isPinned: true });
    here.fake.setSecret(arn, ["v-1", "v-2"], new Date(here.now().getTime() + 60_000));
    expect(await here.look()).toMatchObject([{ state: "pinned_old" }]);
  });

  test("is not told again when only its description or tags moved", async () => {
    const here = await running({ isPinned: false });
    await here.look();
    here.fake.setSecret(arn, ["v-1"], new Date(here.now().getTime() + 60_000));
    expect(await here.look()).toMatchObject([{ state: "current" }]);
  });

  test("or that is gone is told as broken", async () => {
    const here = await running({ isPinned: true });
    here.fake.setSecret(arn, ["v-2", "v-3"]);
    expect(await here.look()).toMatchObject([{ state: "broken", headline: expect.stringContaining("no version v-1") }]);
    expect(await here.told()).toMatchObject([{ state: "broken" }]);
  });
});

test("references of a task definition that the portal did not make are asked of AWS", async () => {
  const here = await deploymentScene(database.db);
  const definition: TaskDefinition = {
    family: "outside",
    containerDefinitions: [{ name: "x", image: "x", secrets: [{ name: "KEY", valueFrom: arn }] }],
  };
  const registered = here.fake.register(here.placement, definition, {});
  await database.db.target.update({ where: { id: here.target.id }, data: { taskDefinitionArn: registered.arn } });
  here.fake.setSecret(arn, ["v-1"]);
  const locks = openLocks(database.url, 1);
  await observeSecrets({ db: database.db, ports: here.fake.ports, locks, scale: 10 }, {});
  await locks.close();
  expect(await database.db.secretState.findMany({ where: { targetId: here.target.id } })).toMatchObject([
    { reference: arn, version: "v-1" },
  ]);
  const place = { service: here.service.slug, environment: here.environment.slug };
  const { secrets } = await getVariables(here.as(actors.viewer), place);
  expect(secrets).toMatchObject([{ names: ["shop/password"], state: "current" }]);
});
