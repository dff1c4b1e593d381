import { expect, test } from "vitest";
import { RuntimeFailure, type Runtime } from "../../deployments/ports.ts";
import { restartTarget } from "../../deployments/commands/restart.ts";
import { rollbackDeployment } from "../../deployments/commands/rollback.ts";
import { listChanges } from "../../changes/queries.ts";
import { localStage } from "../../testing/local-aws/stage.ts";
import type { LocalScene } from "../../testing/local-aws/scene.ts";
import { actors } from "../../testing/factories.ts";
import { until } from "../../testing/until.ts";
import { carryOutAct } from "./acts.ts";
import { scaleTarget } from "../commands/scale.ts";
import { stopTask } from "../commands/stop-task.ts";
import { listServiceActs } from "../queries/acts.ts";
import { getTargetCommands } from "../queries/commands.ts";

const stage = localStage(1_000);

const of = ({ service, target }: LocalScene) => ({ service: service.slug, target: target.id });
const admin = () => stage.as(actors.admin);
const act = (id: string, runtime: Partial<Runtime> = {}) => {
  const context = stage.context();
  return carryOutAct(
    { ...context, ports: { ...context.ports, runtime: { ...context.ports.runtime, ...runtime } } },
    { id },
  );
};
const acts = async (scene: LocalScene) => listServiceActs(admin(), { service: scene.service.slug });
const changes = async (scene: LocalScene) => (await listChanges(admin(), { service: scene.service.slug })).items;

/** What a worker does that is killed right after AWS took the call. */
class Killed extends Error {}
const killedAfter = (name: "setDesiredCount" | "stopTask") => ({
  [name]: async (...args: never[]) => {
    await (stage.ports.runtime[name] as (...all: never[]) => Promise<void>)(...args);
    throw new Killed();
  },
});

test("scaling is told to ECS once, whatever dies, is on the timeline with its way back, and is not taken for somebody else's", async () => {
  const scene = await stage.scene({ name: "acts-scale" });
  await stage.observe();
  const before = await stage.effects("UpdateService", scene);
  const first = await scaleTarget(admin(), { ...of(scene), desiredCount: 2, reason: "Sale" });
  const again = await scaleTarget(admin(), { ...of(scene), desiredCount: 2, reason: "Sale" });
  expect(again.id).toBe(first.id);
  await expect(act(first.id, killedAfter("setDesiredCount"))).rejects.toThrow(Killed);
  // The observer looks between the call and the save.
  await stage.observe();
  await act(first.id);
  await act(first.id);
  await stage.observe();

  expect((await stage.effects("UpdateService", scene)) - before).toBe(1);
  expect(await acts(scene)).toMatchObject([
    { kind: "scale", status: "succeeded", before: 1, desiredCount: 2, error: null },
  ]);
  const scaled = (await changes(scene)).filter(({ kind }) => kind === "scaling");
  expect(scaled).toMatchObject([
    {
      title: `acts-scale scaled from 1 to 2 in ${scene.environment.slug}`,
      scaleBack: { target: scene.target.id, from: 2, to: 1 },
    },
  ]);
  expect(scaled[0]?.title).not.toContain("outside");

  // What is done past the portal right after is still seen.
  await stage.updateService(scene, { desiredCount: 3 });
  await stage.observe();
  expect((await changes(scene)).map(({ title, scaleBack }) => [title.includes("outside"), scaleBack?.to])).toEqual([
    [true, 2],
    [false, undefined],
  ]);
});

test("a later request for another number wins, whichever the worker takes first", async () => {
  const scene = await stage.scene({ name: "acts-two" });
  const two = await scaleTarget(admin(), { ...of(scene), desiredCount: 2 });
  const three = await scaleTarget(admin(), { ...of(scene), desiredCount: 3 });
  await act(three.id);
  await act(two.id);
  const service = await stage.ports.runtime.describeService(scene.placement);
  expect(service.desiredCount).toBe(3);
  expect((await acts(scene)).map(({ status }) => status)).toEqual(["succeeded", "failed"]);
});

test("one task is stopped once, with who and why for ECS to keep, and its service starts another", async () => {
  const scene = await stage.scene({ name: "acts-stop" });
  await stage.observe();
  const [task] = await stage.ports.runtime.listTasks(scene.placement);
  const input = { ...of(scene), task: task?.arn ?? "", reason: "Stuck, fails its health check" };
  const first = await stopTask(admin(), input);
  await expect(act(first.id, killedAfter("stopTask"))).rejects.toThrow(Killed);
  await act(first.id);
  const again = await stopTask(admin(), { ...input, task: input.task.split("/").at(-1) ?? "" });
  expect(again).toMatchObject({ id: first.id, status: "succeeded" });

  const stops = (await stage.aws.journal("ecs", "StopTask")).filter(({ subject }) => subject === task?.arn);
  expect(stops.filter(({ effect }) => effect === "changed")).toHaveLength(1);
  expect(stops).toHaveLength(1);
  const row = await stage.db.task.findUniqueOrThrow({ where: { arn: input.task } });
  expect(row).toMatchObject({ desiredStatus: "STOPPED", stopCode: "UserInitiated" });
  expect(row.stoppedReason).toMatch(/^Stopped by .+ in Quarterdeck: Stuck, fails its health check$/);
  expect((await changes(scene)).filter(({ kind }) => kind === "task")).toHaveLength(1);
  const replaced = await until(
    () => stage.ports.runtime.listTasks(scene.placement),
    (tasks) => tasks.some((one) => one.arn !== task?.arn && one.lastStatus === "RUNNING"),
    { everyMs: 20 },
  );
  expect(replaced.find((one) => one.arn === task?.arn)?.stoppedReason).toBe(row.stoppedReason);
  await stage.observe();
  // The one that stopped is no longer to be stopped by anybody else's act.
  await stage.db.act.updateMany({ where: { id: first.id }, data: { status: "failed" } });
  await expect(stopTask(admin(), input)).rejects.toMatchObject({
    code: "conflict",
    details: { reason: "task_stopped" },
  });
});

test("tasks and targets of others are unknown here", async () => {
  const [mine, other] = [await stage.scene({ name: "acts-mine" }), await stage.scene({ name: "acts-other" })];
  await stage.observe();
  const [task] = await stage.ports.runtime.listTasks(other.placement);
  await expect(stopTask(admin(), { ...of(mine), task: task?.arn ?? "" })).rejects.toMatchObject({ code: "not_found" });
  for (const garbage of ["%", "_", "/", "nothing"]) {
    await expect(stopTask(admin(), { ...of(mine), task: garbage })).rejects.toMatchObject({ code: "not_found" });
  }
  await expect(
    stopTask(admin(), { ...of(mine), target: other.target.id, task: task?.arn ?? "" }),
  ).rejects.toMatchObject({ code: "not_found" });
  await expect(scaleTarget(admin(), { ...of(mine), target: other.target.id, desiredCount: 2 })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("what is not scaled says why: autoscaling, nonsense, a page that is old, production to zero", async () => {
  const scene = await stage.scene({ name: "acts-refuse" });
  await stage.observe();
  const scale = (input: object) => scaleTarget(admin(), { ...of(scene), desiredCount: 2, ...input });
  for (const desiredCount of [-1, 1001, 1.5])
    await expect(scale({ desiredCount })).rejects.toMatchObject({ code: "invalid" });
  await expect(scale({ expectedCount: 7 })).rejects.toMatchObject({
    code: "conflict",
    details: { reason: "not_current", current: 1 },
  });
  for (const confirm of [undefined, "", "acts"]) {
    await expect(scale({ desiredCount: 0, confirm })).rejects.toMatchObject({
      code: "invalid",
      details: { fields: { confirm: expect.any(String) } },
    });
  }
  const zero = await scale({ desiredCount: 0, confirm: "acts-refuse" });
  await act(zero.id);
  await stage.observe();
  expect(await stage.db.target.findUnique({ where: { id: scene.target.id } })).toMatchObject({
    desiredCount: 0,
    health: "unknown",
    healthReason: "It is scaled to zero.",
  });
  await expect(restartTarget(admin(), of(scene))).rejects.toMatchObject({
    code: "conflict",
    details: { reason: "scaled_to_zero" },
  });
  await stage.db.target.update({ where: { id: scene.target.id }, data: { autoscaled: true } });
  await expect(scale({})).rejects.toMatchObject({ code: "conflict", details: { reason: "autoscaled" } });
});

test("while AWS is away an act says what it waits for, and then is done; what AWS refuses has failed", async () => {
  const scene = await stage.scene({ name: "acts-away" });
  const { id } = await scaleTarget(admin(), { ...of(scene), desiredCount: 2 });
  const fails = (kind: "unreachable" | "denied") => ({
    setDesiredCount: () => Promise.reject(new RuntimeFailure(kind, "ecs:UpdateService", `ECS is ${kind}.`)),
  });
  await act(id, fails("unreachable"));
  expect(await acts(scene)).toMatchObject([{ status: "queued", error: "ECS is unreachable.", before: 1 }]);
  await act(id);
  expect(await acts(scene)).toMatchObject([{ status: "succeeded", error: null }]);
  const next = await scaleTarget(admin(), { ...of(scene), desiredCount: 4 });
  await act(next.id, fails("denied"));
  expect((await acts(scene))[0]).toMatchObject({ status: "failed", error: "ECS is denied.", desiredCount: 4 });
  expect((await changes(scene)).filter(({ kind }) => kind === "scaling")).toHaveLength(1);
});

test("a restart brings fresh tasks of the same release by a deployment that judges nothing", async () => {
  const scene = await stage.scene({ name: "acts-restart" });
  await stage.observe();
  const verdicts = () => stage.db.verdict.findMany({ where: { serviceId: scene.service.id } });
  const [verdict, target] = [
    await verdicts(),
    await stage.db.target.findUniqueOrThrow({ where: { id: scene.target.id } }),
  ];
  const { id, kind } = await restartTarget(admin(), { ...of(scene), reason: "Leaks memory" });
  expect(kind).toBe("restart");
  await expect(restartTarget(admin(), of(scene))).rejects.toMatchObject({
    code: "conflict",
    details: { deployment: id },
  });
  await expect(scaleTarget(admin(), { ...of(scene), desiredCount: 0, confirm: "acts-restart" })).rejects.toMatchObject({
    code: "invalid",
  });
  expect((await stage.follow(id)).status).toBe("succeeded");

  const after = await stage.db.target.findUniqueOrThrow({ where: { id: scene.target.id } });
  expect(after).toMatchObject({ releaseId: target.releaseId, releaseSince: target.releaseSince });
  expect(after.taskDefinitionArn).not.toBe(scene.taskDefinitionArn);
  expect(await verdicts()).toEqual(verdict);
  expect((await changes(scene))[0]).toMatchObject({
    kind: "restart",
    title: `acts-restart restarted in ${scene.environment.slug}`,
    undo: null,
  });
  await expect(rollbackDeployment(admin(), { deployment: id })).rejects.toMatchObject({
    details: { reason: "nothing_to_undo" },
  });
});

test("a restart that a person undoes marks nothing bad, and what ran before runs again", async () => {
  const scene = await stage.scene({ name: "acts-undone" });
  const { releaseSince } = await stage.db.target.findUniqueOrThrow({ where: { id: scene.target.id } });
  const { id } = await restartTarget(admin(), of(scene));
  expect(await stage.look(id)).toMatchObject({ step: "rollout" });
  await rollbackDeployment(admin(), { deployment: id, markBad: true, reason: "Not now" });
  expect((await stage.follow(id)).status).toBe("rolled_back");
  const [verdict, ...more] = await stage.db.verdict.findMany({ where: { serviceId: scene.service.id } });
  expect([verdict?.verdict, verdict?.held, more]).toEqual(["good", false, []]);
  const target = await stage.db.target.findUniqueOrThrow({ where: { id: scene.target.id } });
  expect(target).toMatchObject({ releaseId: scene.releases[0]?.id, releaseSince });
});

test("the commands for when the portal is down name what is here, and the release to return to", async () => {
  const scene = await stage.scene({ name: "acts-cli" });
  const at = `--region us-east-1 --cluster ${scene.environment.slug}`;
  const commands = await getTargetCommands(admin(), of(scene));
  expect(commands).toEqual({
    restore: `aws ecs update-service ${at} --service acts-cli --task-definition ${scene.taskDefinitionArn}`,
    rollBack: null,
    restart: `aws ecs update-service ${at} --service acts-cli --force-new-deployment`,
    scale: `aws ecs update-service ${at} --service acts-cli --desired-count COUNT`,
    stopTask: `aws ecs stop-task ${at} --task TASK --reason 'Stopped by hand'`,
  });
  await stage.db.target.update({ where: { id: scene.target.id }, data: { releaseId: scene.releases[1]?.id ?? null } });
  expect((await getTargetCommands(admin(), of(scene))).rollBack).toEqual({
    version: "1.0.0",
    command: commands.restore,
  });
});
