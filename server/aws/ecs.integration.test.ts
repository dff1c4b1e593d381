import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { explain } from "../deployments/advice.ts";
import { placementKey, type Placement, type Ports, type Rollout } from "../deployments/ports.ts";
import { renderTaskDefinition } from "../deployments/render.ts";
import {
  localAccount,
  localPlace,
  localRegion,
  startLocalAws,
  type LocalAwsProcess,
} from "../testing/local-aws/start.ts";
import { until } from "../testing/until.ts";
import { createClientSource, type Clients } from "./clients.ts";
import { awsPorts } from "./ports.ts";
import { createCluster, createService, familyOf, repository } from "./testing/create-service.ts";

const cluster = "contract";
const ended: Rollout["status"][] = ["successful", "stopped", "rollback_successful", "rollback_failed"];

let aws: LocalAwsProcess;
let clients: Clients;
let ports: Ports;

beforeAll(async () => {
  aws = await startLocalAws();
  const source = createClientSource(aws.settings);
  clients = await source.of(localPlace);
  ports = awsPorts(source);
  await createCluster(clients, cluster);
});
afterAll(() => aws.close());

/** The task definition of a deployment of `tag`, registered but not rolled out. */
async function register(placement: Placement, tag: string, deployment: string) {
  const { runtime, registry } = ports;
  const { taskDefinitionArn } = await runtime.describeService(placement);
  const { definition } = await runtime.describeTaskDefinition(placement, taskDefinitionArn);
  const image = `${repository}:${tag}`;
  const digest = await registry.digest(image, localRegion);
  const rendered = renderTaskDefinition(definition, [{ container: "app", image, digest: digest ?? "" }]);
  return runtime.registerTaskDefinition(placement, rendered, deployment);
}

const rolloutOf = (placement: Placement, arn: string) =>
  until(
    () => ports.runtime.findRollout(placement, arn),
    (found) => found !== undefined,
  );

async function settled(placement: Placement): Promise<void> {
  await until(
    () => ports.runtime.describeService(placement),
    (service) => service.currentRolloutArn === null && service.runningCount === service.desiredCount,
  );
}

const end = (placement: Placement, arn: string) =>
  until(
    () => rolloutOf(placement, arn),
    (found) => found !== undefined && ended.includes(found.status),
  );

describe("services", () => {
  test("are described many at once, in batches, without those that do not exist", async () => {
    const names = Array.from({ length: 12 }, (_, index) => `idle-${index}`);
    const placements = await Promise.all(
      names.map((name) => createService(clients, { cluster, name, desiredCount: 0 })),
    );
    const gone = { ...placements[0], ecsService: "gone" } as Placement;
    const elsewhere = { ...gone, cluster: "nowhere" };
    const found = await ports.runtime.describeServices([...placements, gone]);
    expect([...found.keys()].toSorted()).toEqual(placements.map(placementKey).toSorted());
    expect(found.get(placementKey(placements[3] ?? gone))).toMatchObject({
      status: "ACTIVE",
      desiredCount: 0,
      minimumHealthyPercent: 100,
      maximumPercent: 200,
      circuitBreaker: { enabled: true, rollback: true },
    });
    await expect(ports.runtime.describeService(gone)).rejects.toMatchObject({
      kind: "not_found",
      message: "AWS does not know gone in contract (ecs:DescribeServices).",
    });
    await expect(ports.runtime.describeService(elsewhere)).rejects.toMatchObject({ kind: "not_found" });
  });
});

describe("task definitions", () => {
  test("are copied with tags and all fields, and found by the deployment's tag", async () => {
    const service = { cluster, name: "copied", desiredCount: 0 };
    const placement = await createService(clients, service);
    const { taskDefinitionArn } = await ports.runtime.describeService(placement);
    const base = await ports.runtime.describeTaskDefinition(placement, taskDefinitionArn);
    expect(base).toMatchObject({ active: true, tags: { team: "shop" } });
    expect(Object.keys(base.definition)).not.toContain("requiresAttributes");

    const registered = await register(placement, "1.1.0", "dep_1/dtg_1");
    expect(registered.arn).not.toBe(base.arn);
    expect(registered.tags).toEqual({ team: "shop", "quarterdeck:deployment": "dep_1/dtg_1" });
    const [container] = registered.definition.containerDefinitions;
    expect(container?.image).toMatch(new RegExp(`^${repository}@sha256:[0-9a-f]{64}$`));
    expect({ ...registered.definition, containerDefinitions: [{ ...container, image: "" }] }).toEqual({
      ...base.definition,
      containerDefinitions: [{ ...base.definition.containerDefinitions[0], image: "" }],
    });

    await register(placement, "1.0.0", "dep_2/dtg_1");
    const fresh = awsPorts(createClientSource(aws.settings)).runtime;
    const found = await fresh.findTaskDefinition(placement, familyOf(service), "dep_1/dtg_1");
    expect(found).toEqual(registered);
    expect(await fresh.findTaskDefinition(placement, familyOf(service), "dep_3/dtg_1")).toBeUndefined();
    expect(await fresh.findTaskDefinition(placement, "no-such-family", "dep_1/dtg_1")).toBeUndefined();
  });

  test("that do not exist are not found", async () => {
    const placement = { ...localPlace, cluster, ecsService: "x" };
    const arn = `arn:aws:ecs:${localRegion}:${localAccount}:task-definition/nothing:1`;
    await expect(ports.runtime.describeTaskDefinition(placement, arn)).rejects.toMatchObject({ kind: "not_found" });
  });
});

describe("rollouts", () => {
  test("succeed, happen once however often they are started, and replace the tasks", async () => {
    const placement = await createService(clients, { cluster, name: "works", desiredCount: 2 });
    await settled(placement);
    const before = await ports.runtime.describeService(placement);
    const { arn } = await register(placement, "1.1.0", "dep_1/dtg_1");
    expect(await ports.runtime.findRollout(placement, arn)).toBeUndefined();

    await ports.runtime.startRollout(placement, arn);
    await ports.runtime.startRollout(placement, arn);
    expect((await ports.runtime.describeService(placement)).taskDefinitionArn).toBe(arn);

    const rollout = await end(placement, arn);
    expect(rollout).toMatchObject({
      status: "successful",
      rollback: null,
      to: { taskDefinitionArn: arn, requested: 2, running: 2 },
    });
    expect(rollout?.finishedAt).toBeInstanceOf(Date);
    const updates = (await aws.journal("ecs", "UpdateService")).filter((one) => one.subject?.endsWith("/works"));
    expect(updates.filter((one) => one.effect === "changed")).toHaveLength(1);

    await settled(placement);
    const tasks = await ports.runtime.listTasks(placement);
    const running = tasks.filter((task) => task.lastStatus === "RUNNING");
    expect(running.map((task) => task.taskDefinitionArn)).toEqual([arn, arn]);
    expect(tasks.some((task) => task.taskDefinitionArn === before.taskDefinitionArn && task.stopCode !== null)).toBe(
      true,
    );
    const { definition } = await ports.runtime.describeTaskDefinition(placement, arn);
    // Nobody checks the health of this service: its tasks are RUNNING before they have written anything.
    const lines = await until(
      () => ports.runtime.lastLines(placement, definition, running[0]?.arn ?? "", "app", 3),
      (found) => found.at(-1) === "line 5 of 1.1.0",
    );
    expect(lines).toEqual(["line 3 of 1.1.0", "line 4 of 1.1.0", "line 5 of 1.1.0"]);
  });

  test("of a version that crashes go back, with the exit code, the lines and the task definition gone back to", async () => {
    const placement = await createService(clients, { cluster, name: "crashes", desiredCount: 1 });
    await settled(placement);
    const before = await ports.runtime.describeService(placement);
    const { arn, definition } = await register(placement, "1.2.0-crash", "dep_1/dtg_1");
    await ports.runtime.startRollout(placement, arn);
    const rollout = await end(placement, arn);
    expect(rollout).toMatchObject({
      status: "rollback_successful",
      circuitBreaker: { status: "TRIGGERED", threshold: 3 },
      rollback: { taskDefinitionArn: before.taskDefinitionArn },
    });
    expect((await ports.runtime.describeService(placement)).taskDefinitionArn).toBe(before.taskDefinitionArn);

    const tasks = await ports.runtime.listTasks(placement);
    const dead = tasks.filter((task) => task.taskDefinitionArn === arn && task.exitCode === 1);
    expect(dead.length).toBeGreaterThanOrEqual(3);
    expect(dead[0]).toMatchObject({ stopCode: "EssentialContainerExited", containerName: "app" });
    const lines = await ports.runtime.lastLines(placement, definition, dead[0]?.arn ?? "", "app", 50);
    expect(lines.at(-1)).toBe("Error: required setting is missing");
    const cause = explain({ rollout, tasks, lines: { [dead[0]?.arn ?? ""]: lines } });
    expect(cause).toMatchObject({
      kind: "exit_code",
      headline: "The container `app` exited with code 1 right after it started.",
      lines,
    });
  });

  test("of an image that cannot be pulled go back", async () => {
    const placement = await createService(clients, { cluster, name: "missing", desiredCount: 1 });
    await settled(placement);
    const { arn } = await register(placement, "1.2.0-missing", "dep_1/dtg_1");
    await ports.runtime.startRollout(placement, arn);
    const rollout = await end(placement, arn);
    expect(rollout?.status).toBe("rollback_successful");
    const cause = explain({ rollout, tasks: await ports.runtime.listTasks(placement) });
    expect(cause).toMatchObject({
      kind: "image_pull",
      headline: "The image of the container `app` could not be pulled: the registry does not have it.",
    });
  });

  test("are stopped on demand, and stopping one that is over does nothing", async () => {
    const placement = await createService(clients, { cluster, name: "stopped", desiredCount: 1, breaker: false });
    await settled(placement);
    const before = await ports.runtime.describeService(placement);
    const { arn } = await register(placement, "1.2.0-crash", "dep_1/dtg_1");
    await ports.runtime.startRollout(placement, arn);
    const rollout = await rolloutOf(placement, arn);
    expect((await ports.runtime.describeService(placement)).currentRolloutArn).toBe(rollout?.arn);
    await ports.runtime.stopRollout(placement, rollout?.arn ?? "");
    const over = await end(placement, arn);
    expect(over).toMatchObject({
      status: "rollback_successful",
      rollback: { taskDefinitionArn: before.taskDefinitionArn },
    });
    await ports.runtime.stopRollout(placement, rollout?.arn ?? "");
    expect((await ports.runtime.describeRollout(placement, rollout?.arn ?? "")).status).toBe("rollback_successful");
  });

  test("that do not exist are not found", async () => {
    const placement = { ...localPlace, cluster, ecsService: "stopped" };
    const arn = `arn:aws:ecs:${localRegion}:${localAccount}:service-deployment/${cluster}/stopped/aaaaaaaaaaaaaaaaaaaaa`;
    await expect(ports.runtime.describeRollout(placement, arn)).rejects.toMatchObject({ kind: "not_found" });
  });
});
