import { expect, test } from "vitest";
import { deleteOutside, deregisterOutside } from "../../aws/testing/outside.ts";
import type { LocalScene } from "../../testing/local-aws/scene.ts";
import { localStage } from "../../testing/local-aws/stage.ts";

const stage = localStage(200);

type Dto = Awaited<ReturnType<typeof stage.read>>;
const deleteService = ({ placement }: LocalScene) => deleteOutside(stage.clients, placement);
const deregister = (taskDefinition: string | null) => deregisterOutside(stage.clients, taskDefinition ?? "");
const verdictOn = ({ release }: Dto) => stage.db.verdict.findFirst({ where: { releaseId: release.id } });
const stepOf = ({ targets }: Dto, step: string) => targets[0]?.steps.find(({ name }) => name === step);

test.each([
  ["before the gates", null],
  ["during the rollout", ({ targets }: Dto) => targets[0]?.step === "rollout"],
  ["during verification", ({ targets }: Dto) => targets[0]?.step === "verify"],
] as const)(
  "a service that is deleted %s ends the deployment as failed, and its release is not judged",
  async (title, moment) => {
    const scene = await stage.scene({ name: `deleted-${title.replaceAll(" ", "-")}` });
    if (!moment) await deleteService(scene);
    // A rollout that is over before anybody looks again would not be met in the middle.
    else if (title === "during the rollout") await stage.aws.fault("ecs", "UpdateService", "throttle", 1000);
    const { id } = await stage.deploy(scene);
    if (moment) {
      await stage.follow(id, moment);
      await deleteService(scene);
      await stage.aws.clearFaults();
    }
    const dto = await stage.follow(id);
    expect(dto).toMatchObject({
      status: "failed",
      cause: {
        kind: "service_deleted",
        headline: expect.stringMatching(/^The ECS service deleted-\S+ in \S+ was deleted\.$/),
      },
    });
    expect(await verdictOn(dto)).toBeNull();
  },
);

test("a task definition that is deregistered before it was started is refused soon, and nothing was touched", async () => {
  const scene = await stage.scene({ name: "no-definition" });
  await stage.aws.fault("ecs", "UpdateService", "throttle", 1000);
  const { id } = await stage.deploy(scene);
  await stage.follow(id, ({ targets }) => typeof targets[0]?.waitingFor === "string");
  const run = await stage.db.deploymentTarget.findFirstOrThrow({ where: { deploymentId: id } });
  await deregister(run.taskDefinitionArn);
  await stage.aws.clearFaults();
  const dto = await stage.follow(id);
  expect(dto).toMatchObject({
    status: "failed",
    cause: { kind: "refused", detail: "AWS refused ecs:UpdateService. The running version was not touched." },
  });
  expect(dto.cause?.headline).toContain("TaskDefinition is inactive");
});

test("an earlier task definition that is deregistered meanwhile is registered anew when the new one is undone", async () => {
  const scene = await stage.scene({ name: "no-way-back", versions: ["1.0.0", "1.1.0"], breaker: false });
  const { id } = await stage.deploy(scene);
  await stage.follow(id, ({ targets }) => targets[0]?.step === "verify");
  await deregister(scene.taskDefinitionArn);
  await stage.db.deploymentTarget.updateMany({ where: { deploymentId: id }, data: { request: "rollback" } });
  expect(await stage.follow(id)).toMatchObject({ status: "rolled_back" });
  const service = await stage.ports.runtime.describeService(scene.placement);
  expect(service.taskDefinitionArn).not.toBe(scene.taskDefinitionArn);
  const { definition } = await stage.ports.runtime.describeTaskDefinition(scene.placement, service.taskDefinitionArn);
  expect(definition.containerDefinitions[0]?.image).toMatch(/:1\.0\.0$/);
});

test("a service that wants no tasks tries nothing: the deployment succeeds and the release is not called good", async () => {
  const scene = await stage.scene({ name: "none-wanted" });
  await stage.updateService(scene, { desiredCount: 0 });
  const { id } = await stage.deploy(scene);
  const dto = await stage.follow(id);
  expect(dto).toMatchObject({ status: "succeeded", cause: null });
  expect(stepOf(dto, "verify")).toMatchObject({ status: "done", reason: expect.stringMatching(/wants no tasks/) });
  expect(stepOf(dto, "finish")).toMatchObject({ status: "skipped" });
  expect(await verdictOn(dto)).toBeNull();
});
