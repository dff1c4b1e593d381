import { afterAll, beforeAll, expect, test } from "vitest";
import { openLocks, type Locks } from "../db/lock.ts";
import { RuntimeFailure } from "../deployments/ports.ts";
import type { WorkerContext } from "../jobs/worker-context.ts";
import { deploymentScene } from "../testing/deployment-scene.ts";
import { createEnvironment, createTarget } from "../testing/factories.ts";
import { withDatabase } from "../testing/with-database.ts";
import { observeTargets } from "./jobs.ts";

const database = withDatabase();
let locks: Locks;
beforeAll(() => void (locks = openLocks(database.url, 2)));
afterAll(() => locks.close());

test("a cluster that cannot be described costs the others nothing", async () => {
  const { db } = database;
  const on = await deploymentScene(db);
  const environment = await createEnvironment(db);
  const lost = await createTarget(db, { service: on.service, environment, cluster: "gone" });
  const { describeServices } = on.fake.ports.runtime;
  const denied = new RuntimeFailure("denied", "ecs:DescribeServices", "The portal is not allowed to call it.");
  const asked: string[][] = [];
  let deniedClusters = ["gone"];
  const runtime = {
    ...on.fake.ports.runtime,
    describeServices: (...[placements]: Parameters<typeof describeServices>) => {
      asked.push(placements.map(({ cluster }) => cluster));
      if (placements.some(({ cluster }) => deniedClusters.includes(cluster))) return Promise.reject(denied);
      return describeServices(placements);
    },
  };
  const context: WorkerContext = { db, locks, scale: 1, ports: { ...on.fake.ports, runtime } };
  const observed = async (id: string) => (await db.target.findUniqueOrThrow({ where: { id } })).observedAt;

  await observeTargets(context, {});
  const first = await observed(on.target.id);
  expect(first).not.toBeNull();
  expect(await observed(lost.id)).toBeNull();
  expect(await db.target.findUniqueOrThrow({ where: { id: lost.id } })).toMatchObject({
    health: "unknown",
    healthReason: "The portal is not allowed to call it.",
  });
  expect(asked.map((clusters) => clusters.length)).toEqual([1, 1]);

  deniedClusters = ["gone", on.placement.cluster];
  await observeTargets(context, {});
  expect(await observed(on.target.id)).toEqual(first);
  // What was healthy is not called so when nobody can look.
  const blind = await db.target.findUniqueOrThrow({ where: { id: on.target.id } });
  expect(blind).toMatchObject({ health: "unknown", healthReason: "The portal is not allowed to call it." });

  deniedClusters = [];
  await observeTargets(context, {});
  expect(await observed(lost.id)).not.toBeNull();
  const seen = await db.target.findUniqueOrThrow({ where: { id: on.target.id } });
  expect(seen).toMatchObject({ health: "ok", healthReason: null });
});

test("an AWS that gives no answer takes back what it said after a while, and not at once", async () => {
  const { db } = database;
  const on = await deploymentScene(db);
  const away = new RuntimeFailure("unreachable", "ecs:DescribeServices", "AWS gave no answer.");
  const silent = { ...on.fake.ports.runtime, describeServices: () => Promise.reject(away) };
  const health = async () => (await db.target.findUniqueOrThrow({ where: { id: on.target.id } })).health;
  const context: WorkerContext = { db, locks, scale: 1, ports: on.fake.ports };
  await observeTargets(context, {});
  expect(await health()).toBe("ok");

  const blind = { ...context, ports: { ...on.fake.ports, runtime: silent } };
  await observeTargets(blind, {});
  expect(await health()).toBe("ok");
  const before = new Date(Date.now() - 6 * 60_000);
  await db.target.update({ where: { id: on.target.id }, data: { observedAt: before } });
  await observeTargets(blind, {});
  expect(await health()).toBe("unknown");
});
