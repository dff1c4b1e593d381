import { describe, expect, test } from "vitest";
import { createDeployment } from "../deployments/commands/create.ts";
import { deploymentDtoOf } from "../deployments/queries/one.ts";
import { actors } from "../testing/factories.ts";
import { deploymentScene } from "../testing/deployment-scene.ts";
import { recordedOf, withDatabase } from "../testing/with-database.ts";
import { revertVariables } from "./commands/revert.ts";
import { patchVariables, saveVariables } from "./commands/save.ts";
import { takeOverVariables } from "./commands/take-over.ts";
import { getVariables } from "./queries/current.ts";

const database = withDatabase();
const secretArn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:shop/payments-AbCdEf";

async function scene() {
  const made = await deploymentScene(database.db);
  const place = { service: made.service.slug, environment: made.environment.slug };
  const ctx = made.as(actors.releaseManager);
  /** What the service's task definition holds now. */
  const runs = () =>
    made.fake.definition(made.fake.service(made.placement).taskDefinitionArn).definition.containerDefinitions[0];
  const apply = async () => {
    const deployment = await createDeployment(ctx, { ...place, reason: "apply" });
    await made.finish(deployment.id);
    return deploymentDtoOf(ctx, deployment.id);
  };
  return { ...made, place, ctx, runs, apply };
}

describe("saved variables", () => {
  test("go with the next deployment, and what was taken out is gone", async () => {
    const here = await scene();
    here.fake.setSecret(secretArn, ["v-1", "v-2"]);
    const first = await takeOverVariables(here.ctx, here.place);
    expect(first).toMatchObject({ version: { number: 1, count: 1 }, unchanged: false });
    const saved = await patchVariables(here.ctx, {
      ...here.place,
      expectedNumber: 1,
      reason: "Payments",
      set: [
        { name: "LOG_LEVEL", value: "debug" },
        { name: "PAYMENT_API_KEY", secret: secretArn, secretKey: "key" },
      ],
      unset: [{ name: "MODE" }],
    });
    expect(saved.version.number).toBe(2);
    const deployment = await here.apply();
    expect(deployment).toMatchObject({
      kind: "config",
      status: "succeeded",
      release: { version: "1.0.0" },
      variables: { from: 1, to: 2, added: ["LOG_LEVEL", "PAYMENT_API_KEY"], removed: ["MODE"] },
    });
    expect(here.runs()).toMatchObject({
      environment: [{ name: "LOG_LEVEL", value: "debug" }],
      secrets: [{ name: "PAYMENT_API_KEY", valueFrom: `${secretArn}:key::v-2` }],
    });
    expect((await getVariables(here.ctx, here.place)).running).toEqual([{ target: here.target.id, number: 2 }]);
    expect(here.fake.journal.some((call) => call.operation === "describeSecret")).toBe(true);
    const { audit } = await recordedOf(database.db, saved.version.id);
    expect(JSON.stringify(audit[0]?.changes)).not.toContain("debug");
    expect(audit[0]).toMatchObject({
      action: "variables.save",
      reason: "Payments",
      changes: { number: 2, removed: ["MODE"] },
    });
  });

  test("are refused when somebody saved meanwhile, and make no version when nothing differs", async () => {
    const here = await scene();
    const entries = [{ name: "MODE", value: "live" }];
    await saveVariables(here.ctx, { ...here.place, expectedNumber: 0, entries });
    const stale = saveVariables(here.ctx, {
      ...here.place,
      expectedNumber: 0,
      entries: [{ name: "MODE", value: "test" }],
    });
    await expect(stale).rejects.toMatchObject({ code: "conflict", details: { reason: "stale_number", number: 1 } });
    expect(await saveVariables(here.ctx, { ...here.place, expectedNumber: 1, entries })).toMatchObject({
      unchanged: true,
      version: { number: 1 },
    });
  });

  test("come back by one call, which deploys them", async () => {
    const here = await scene();
    await takeOverVariables(here.ctx, here.place);
    await patchVariables(here.ctx, { ...here.place, expectedNumber: 1, set: [{ name: "MODE", value: "test" }] });
    await here.apply();
    const back = await revertVariables(here.ctx, { ...here.place, to: 1, expectedNumber: 2, apply: true });
    await here.finish(back.deployment ?? "");
    expect(back.version).toMatchObject({ number: 3, revertOf: 1 });
    expect(here.runs()).toMatchObject({ environment: [{ name: "MODE", value: "live" }] });
  });
});
