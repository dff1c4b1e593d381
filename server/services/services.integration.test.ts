import { describe, expect, test } from "vitest";
import type { ServiceState } from "../deployments/ports.ts";
import {
  actors,
  createDeployment,
  createEnvironment,
  createRelease,
  createService as createRow,
  createTarget as createTargetRow,
  createTeam,
  createUser,
  createVerdict,
  grant,
  testContext,
  userActor,
} from "../testing/factories.ts";
import { recordedOf, rowCounts, withDatabase } from "../testing/with-database.ts";
import { saveEvents, saveTasks } from "./observations.ts";
import { getService } from "./queries.ts";
import { listServices } from "./queries/list.ts";
import { listServiceEvents, listServiceTasks } from "./queries/history.ts";
import { createService, createTarget } from "./service.ts";

const database = withDatabase();
const as = (actor: Parameters<typeof testContext>[1]) => testContext(database.db, actor);

async function running() {
  const service = await createRow(database.db);
  const environment = await createEnvironment(database.db, { kind: "production" });
  const target = await createTargetRow(database.db, { service, environment });
  const first = await createRelease(database.db, { service, version: "1.0.0" });
  const second = await createRelease(database.db, { service, version: "1.1.0" });
  const deployed = await createDeployment(database.db, { target, release: first });
  return { service, environment, first, second, deployed, target: deployed.target };
}

describe("what a service shows of its targets", () => {
  test("before the portal deployed anything", async () => {
    const service = await createRow(database.db);
    await createTargetRow(database.db, { service, environment: await createEnvironment(database.db) });
    const { targets } = await getService(as(actors.developer), { service: service.slug });
    expect(targets).toMatchObject([
      {
        release: null,
        active: null,
        latest: null,
        currentDeploymentId: null,
        can: { deploy: true, rollback: "Nothing was deployed here by the portal yet." },
      },
    ]);
  });

  test("when one release runs and it is the only one known to work", async () => {
    const { service, first, deployed } = await running();
    const { targets } = await getService(as(actors.developer), { service: service.id });
    expect(targets).toMatchObject([
      {
        release: { id: first.id, version: "1.0.0" },
        currentDeploymentId: deployed.deploymentId,
        latest: { id: deployed.deploymentId, status: "succeeded", version: "1.0.0" },
        can: { deploy: true, rollback: "No other release is known to work here." },
        wayOut: expect.stringContaining(deployed.target.taskDefinitionArn ?? "nothing"),
      },
    ]);
  });

  test("when an environment before it runs a newer one: that it is lacked here, unless it failed here", async () => {
    const { service, environment, second } = await running();
    const staging = await createEnvironment(database.db, { kind: "staging" });
    await createDeployment(database.db, {
      target: await createTargetRow(database.db, { service, environment: staging }),
      release: second,
    });
    const lacks = async () =>
      (await getService(as(actors.developer), { service: service.id })).targets.map((one) => one.lacks);
    expect(await lacks()).toEqual([[], [{ id: second.id, version: "1.1.0" }]]);
    await createVerdict(database.db, { release: second, environmentId: environment.id, verdict: "bad" });
    expect(await lacks()).toEqual([[], []]);
  });

  test("when a second one is being deployed, which another may wait for or displace", async () => {
    const { service, second, target } = await running();
    const ada = await createUser(database.db, { name: "Ada" });
    const active = await createDeployment(database.db, {
      target,
      release: second,
      status: "running",
      createdBy: `user:${ada.id}`,
    });
    const { targets } = await getService(as(actors.developer), { service: service.id });
    expect(targets).toMatchObject([
      {
        release: { version: "1.0.0" },
        active: { id: active.deploymentId, status: "running", version: "1.1.0", step: "gates" },
        can: { deploy: true, rollback: true },
      },
    ]);
  });

  test("after a second one failed: the first is still what runs", async () => {
    const { service, second, target, deployed } = await running();
    const failed = await createDeployment(database.db, { target, release: second, status: "rolled_back" });
    const { targets } = await getService(as(actors.developer), { service: service.id });
    expect(targets).toMatchObject([
      { currentDeploymentId: deployed.deploymentId, latest: { id: failed.deploymentId, status: "rolled_back" } },
    ]);
  });

  test("after a second one succeeded: there is a way back", async () => {
    const { service, second, target } = await running();
    const later = await createDeployment(database.db, { target, release: second });
    const { targets } = await getService(as(actors.developer), { service: service.id });
    expect(targets).toMatchObject([
      { currentDeploymentId: later.deploymentId, release: { version: "1.1.0" }, can: { rollback: true } },
    ]);
  });

  test("in order of promotion, and with reasons for a viewer", async () => {
    const service = await createRow(database.db);
    for (const kind of ["production", "development", "staging"] as const) {
      await createTargetRow(database.db, { service, environment: await createEnvironment(database.db, { kind }) });
    }
    const { items } = await listServices(as(actors.viewer), { search: service.slug });
    const found = items.find((one) => one.id === service.id);
    expect(found?.targets.map((target) => target.environment.kind)).toEqual(["development", "staging", "production"]);
    expect(found?.targets[2]?.can.deploy).toBe("This needs the role developer in production. An admin can grant it.");
    // What is needed only to act on one is told of one.
    const { targets } = await getService(as(actors.viewer), { service: service.id });
    const {
      accountId: _account,
      ecsService: _name,
      url: _url,
      taskDefinitionArn: _arn,
      wayOut: _way,
      can,
      ...listed
    } = targets[2] ?? ({} as never);
    expect(found?.targets[2]).toEqual({ ...listed, can: { deploy: can.deploy, rollback: can.rollback } });
  });
});

describe("adding", () => {
  test("a service is for admins and is recorded", async () => {
    const team = await createTeam(database.db);
    const input = { slug: `new-${team.slug}`, name: "New", team: team.slug };
    const created = await createService(as(actors.admin), input);
    expect(created).toMatchObject({ slug: input.slug, team: { id: team.id }, workload: "web", targets: [] });
    expect((await recordedOf(database.db, created.id)).audit).toMatchObject([
      { action: "service.create", serviceId: created.id },
    ]);
    const before = await rowCounts(database.db);
    await expect(createService(as(actors.admin), input)).rejects.toMatchObject({
      code: "conflict",
      details: { fields: { slug: expect.any(String) } },
    });
    await expect(createService(as(actors.releaseManager), input)).rejects.toMatchObject({ code: "forbidden" });
    await expect(createService(as(actors.admin), { ...input, team: "nobody" })).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await rowCounts(database.db)).toEqual(before);
  });

  test("a target is for admins of service and environment and is recorded", async () => {
    const service = await createRow(database.db);
    const environment = await createEnvironment(database.db, { kind: "production" });
    const input = {
      service: service.slug,
      environment: environment.slug,
      accountId: "123456789012",
      region: "eu-west-1",
      cluster: "shop",
      ecsService: "backend",
    };
    const teamAdmin = userActor(grant("admin", { scopeKind: "team", scopeId: service.teamId }));
    const { targets } = await createTarget(as(teamAdmin), input);
    expect(targets).toMatchObject([{ cluster: "shop", wave: 1, health: "unknown" }]);
    const recorded = await recordedOf(database.db, targets[0]?.id ?? "");
    expect(recorded.audit).toMatchObject([
      { action: "target.create", serviceId: service.id, environmentId: environment.id },
    ]);
    const before = await rowCounts(database.db);
    await expect(createTarget(as(actors.admin), input)).rejects.toMatchObject({ code: "conflict" });
    const elsewhere = userActor(grant("admin", { environmentKind: "staging" }));
    await expect(createTarget(as(elsewhere), { ...input, cluster: "other" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(createTarget(as(actors.admin), { ...input, cluster: "x; rm -rf" })).rejects.toMatchObject({
      code: "invalid",
    });
    expect(await rowCounts(database.db)).toEqual(before);
  });
});

describe("the past of a service", () => {
  const event = (id: string, at: string): ServiceState["events"][number] => ({
    id,
    at: new Date(at),
    message: `Event ${id}`,
  });

  test("has tasks with their version, also those that ECS forgot, by environment", async () => {
    const { service, target, environment } = await running();
    const other = await createTargetRow(database.db, { service, environment: await createEnvironment(database.db) });
    const task = {
      taskDefinitionArn: target.taskDefinitionArn ?? "",
      startedBy: null,
      lastStatus: "STOPPED",
      desiredStatus: "STOPPED",
      healthStatus: "UNKNOWN",
      stopCode: "EssentialContainerExited",
      stoppedReason: "Essential container in task exited",
      exitCode: 1,
      containerReason: null,
      containerName: "web",
      startedAt: null,
      stoppedAt: new Date("2026-01-01T10:00:30Z"),
    };
    const one = { ...task, arn: "arn:aws:ecs:us-east-1:0:task/shop/abc", createdAt: new Date("2026-01-01T10:00:00Z") };
    const two = {
      ...task,
      arn: "arn:aws:ecs:us-east-1:0:task/shop/def",
      createdAt: new Date("2026-01-01T10:01:00Z"),
      taskDefinitionArn: "x:1",
    };
    await saveTasks(database.db, target.id, [one], { [one.arn]: ["starting", "cannot start"] }, new Date());
    await saveTasks(database.db, other.id, [two], {}, new Date());
    const all = await listServiceTasks(as(actors.viewer), { service: service.slug });
    expect(all).toMatchObject([
      { id: "def", version: null, lastLines: [] },
      {
        id: "abc",
        version: "1.0.0",
        exitCode: 1,
        lastLines: ["starting", "cannot start"],
        environment: { id: environment.id },
      },
    ]);
    const there = await listServiceTasks(as(actors.viewer), { service: service.slug, environment: environment.slug });
    expect(there.map((found) => found.id)).toEqual(["abc"]);
  });

  test("names the earlier version of tasks that an undone deployment brought back", async () => {
    const { service, target, first, second } = await running();
    const undone = await createDeployment(database.db, { target, release: second, status: "rolled_back" });
    await database.db.deployment.update({ where: { id: undone.deploymentId }, data: { fromReleaseId: first.id } });
    const back = "arn:aws:ecs:us-east-1:0:task-definition/shop:9";
    const runs = { where: { deploymentId: undone.deploymentId }, data: { rollbackTaskDefinitionArn: back } };
    await database.db.deploymentTarget.updateMany(runs);
    const task = {
      arn: "arn:aws:ecs:us-east-1:0:task/shop/back",
      taskDefinitionArn: back,
      startedBy: null,
      lastStatus: "RUNNING",
      desiredStatus: "RUNNING",
      healthStatus: "HEALTHY",
      stopCode: null,
      stoppedReason: null,
      exitCode: null,
      containerReason: null,
      containerName: "web",
      createdAt: new Date("2026-01-01T10:02:00Z"),
      startedAt: null,
      stoppedAt: null,
    };
    await saveTasks(database.db, target.id, [task], {}, new Date());
    const [shown] = await listServiceTasks(as(actors.viewer), { service: service.slug });
    expect(shown).toMatchObject({ id: "back", version: "1.0.0" });
  });

  test("has events, newest first", async () => {
    const { service, target } = await running();
    await saveEvents(database.db, target.id, [
      event(`${target.id}-1`, "2026-01-01T10:00:00Z"),
      event(`${target.id}-2`, "2026-01-01T10:01:00Z"),
    ]);
    await saveEvents(database.db, target.id, [event(`${target.id}-2`, "2026-01-01T10:01:00Z")]);
    const events = await listServiceEvents(as(actors.viewer), { service: service.id, limit: 10 });
    expect(events.map((one) => one.id)).toEqual([`${target.id}-2`, `${target.id}-1`]);
    expect(events.map((one) => one.targetId)).toEqual([target.id, target.id]);
    await expect(
      listServiceEvents(as(actors.viewer), { service: service.id, environment: "nowhere" }),
    ).rejects.toMatchObject({ code: "not_found" });
  });
});
