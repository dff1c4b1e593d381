import { describe, expect, test } from "vitest";
import { RuntimeFailure, type Placement } from "../deployments/ports.ts";
import { createFakeRuntime } from "./fake-runtime.ts";

const placement: Placement = {
  environmentId: "env_1",
  accountId: "000000000000",
  region: "us-east-1",
  cluster: "c",
  ecsService: "s",
};
const definition = { family: "f", containerDefinitions: [{ name: "app", image: "repo@sha256:old" }] };
const newer = { family: "f", containerDefinitions: [{ name: "app", image: "repo@sha256:new" }] };

async function statuses(
  fake: ReturnType<typeof createFakeRuntime>,
  arn: string,
  looks: number,
): Promise<(string | undefined)[]> {
  const seen: (string | undefined)[] = [];
  for (let index = 0; index < looks; index += 1) seen.push((await fake.runtime.findRollout(placement, arn))?.status);
  return seen;
}

describe("the fake runtime", () => {
  test("rolls out, replaces the tasks, and does nothing for a repeated start", async () => {
    const fake = createFakeRuntime();
    const old = fake.addService(placement, { definition, desiredCount: 2 });
    const { arn } = await fake.runtime.registerTaskDefinition(placement, newer, "dep_1");
    expect((await fake.runtime.findTaskDefinition(placement, "f", "dep_1"))?.arn).toBe(arn);
    await fake.runtime.startRollout(placement, arn);
    await fake.runtime.startRollout(placement, arn);
    expect(fake.effects("startRollout")).toHaveLength(1);
    expect(await statuses(fake, arn, 5)).toEqual(["pending", "in_progress", "in_progress", "successful", "successful"]);
    const tasks = await fake.runtime.listTasks(placement);
    expect(tasks.filter((one) => one.lastStatus === "RUNNING").map((one) => one.taskDefinitionArn)).toEqual([arn, arn]);
    expect(tasks.filter((one) => one.lastStatus === "STOPPED").map((one) => one.taskDefinitionArn)).toEqual([old, old]);
  });

  test("goes back by script, with the tasks that died and their lines", async () => {
    const fake = createFakeRuntime();
    const old = fake.addService(placement, { definition });
    fake.scriptImage("sha256:new", [
      { status: "in_progress", died: [{ containerName: "app", exitCode: 1, lines: ["boom"] }] },
      { status: "rollback_in_progress" },
      { status: "rollback_successful" },
    ]);
    const { arn } = fake.register(placement, newer, {});
    await fake.runtime.startRollout(placement, arn);
    expect(await statuses(fake, arn, 3)).toEqual(["in_progress", "rollback_in_progress", "rollback_successful"]);
    expect(fake.service(placement).taskDefinitionArn).toBe(old);
    const dead = fake.tasks(placement).find((one) => one.exitCode === 1);
    expect(await fake.runtime.lastLines(placement, newer, dead?.arn ?? "", "app", 5)).toEqual(["boom"]);
  });

  test.each(["rollback", "too_late"] as const)("ends a stopped rollout by %s", async (outcome) => {
    const fake = createFakeRuntime();
    const old = fake.addService(placement, { definition });
    fake.afterStop(placement, outcome);
    const { arn } = fake.register(placement, newer, {});
    await fake.runtime.startRollout(placement, arn);
    const rollout = await fake.runtime.findRollout(placement, arn);
    await fake.runtime.stopRollout(placement, rollout?.arn ?? "");
    const seen = await statuses(fake, arn, 4);
    expect(seen.at(-1)).toBe(outcome === "rollback" ? "rollback_successful" : "successful");
    expect(fake.service(placement).taskDefinitionArn).toBe(outcome === "rollback" ? old : arn);
  });

  test("stops a rollout that another one supersedes", async () => {
    const fake = createFakeRuntime();
    fake.addService(placement, { definition });
    const ours = fake.register(placement, newer, {}).arn;
    await fake.runtime.startRollout(placement, ours);
    fake.outsideRollout(placement, fake.register(placement, definition, {}).arn);
    expect(await statuses(fake, ours, 1)).toEqual(["stopped"]);
  });

  test("loses an answer after the effect, and fails before it", async () => {
    const fake = createFakeRuntime();
    fake.addService(placement, { definition });
    const gone = new RuntimeFailure("unreachable", "registerTaskDefinition", "No answer.");
    fake.failNext("registerTaskDefinition", gone, { lost: true });
    await expect(fake.runtime.registerTaskDefinition(placement, newer, "dep_1")).rejects.toBe(gone);
    expect(fake.effects("registerTaskDefinition")).toHaveLength(1);
    fake.failNext("registerTaskDefinition", gone);
    await expect(fake.runtime.registerTaskDefinition(placement, newer, "dep_2")).rejects.toBe(gone);
    expect(fake.effects("registerTaskDefinition")).toHaveLength(1);
  });
});
