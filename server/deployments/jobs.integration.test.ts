import { afterAll, beforeAll, expect, test } from "vitest";
import { openLocks, type Locks } from "../db/lock.ts";
import { deploymentScene, type DeploymentScene } from "../testing/deployment-scene.ts";
import { actors } from "../testing/factories.ts";
import { withDatabase } from "../testing/with-database.ts";
import { cancelDeployment } from "./commands/cancel.ts";
import { createDeployment } from "./commands/create.ts";
import { rollbackDeployment } from "./commands/rollback.ts";
import { advanceDeployment } from "./jobs.ts";
import { RuntimeFailure } from "./ports.ts";

const database = withDatabase();
let locks: Locks;
beforeAll(() => {
  locks = openLocks(database.url, 2);
});
afterAll(() => locks.close());

/** A rollout that goes on until somebody ends it, and the job that looks at it. */
async function rollout() {
  const on = await deploymentScene(database.db);
  on.fake.script(on.placement, [{ status: "in_progress", running: 1 }]);
  const { service, environment } = on;
  const release = { service: service.slug, environment: environment.slug, version: "1.1.0" };
  const { id } = await createDeployment(on.as(actors.releaseManager), release);
  const run = await on.db.deploymentTarget.findFirstOrThrow({ where: { deploymentId: id } });
  const look = () => advanceDeployment({ db: on.db, ports: on.fake.ports, locks, scale: 1 }, { id: run.id });
  await look();
  await look();
  const row = () => on.db.deploymentTarget.findUniqueOrThrow({ where: { id: run.id } });
  expect(await row()).toMatchObject({ step: "rollout", startTried: true });
  return { on, id, look, row, waitMs: () => waitMs(on, run.id) };
}

/** Milliseconds until the next look is due; 0 or less: now. There is never more than one. */
async function waitMs({ db }: DeploymentScene, runId: string): Promise<number> {
  const jobs = await db.$queryRaw<{ ms: number }[]>`
    select (extract(epoch from run_at - now()) * 1000)::float8 as ms from graphile_worker.jobs
    where key = ${`deployment:advance:${runId}`}`;
  expect(jobs).toHaveLength(1);
  return jobs[0]?.ms ?? Number.NaN;
}

test.each([-60, 60])(
  "a worker whose clock is off by %i minutes neither looks all the time nor forgets to",
  async (minutes) => {
    const { on, id, waitMs } = await rollout();
    const run = await on.db.deploymentTarget.findFirstOrThrow({ where: { deploymentId: id } });
    const now = () => new Date(Date.now() + minutes * 60_000);
    await advanceDeployment({ db: on.db, ports: on.fake.ports, locks, scale: 1, now }, { id: run.id });
    const ms = await waitMs();
    // Minutes of leeway for a busy machine; the clocks are an hour apart.
    expect(Math.abs(ms)).toBeLessThan(10 * 60_000);
  },
);

const unavailable = () => new RuntimeFailure("unreachable", "describeRollout", "ECS answered 503.");

for (const [what, ask] of [
  ["rollback", rollbackDeployment],
  ["cancel", cancelDeployment],
] as const) {
  test(`a ${what} that is asked for while ECS is away is tried at once, and from the shortest wait on`, async () => {
    const { on, id, look, row, waitMs } = await rollout();
    on.fake.failNext("describeRollout", unavailable(), { times: 6 });
    for (let count = 0; count < 6; count += 1) await look();
    expect((await row()).attempts).toBe(6);
    expect(await waitMs()).toBeGreaterThan(20_000);

    await ask(on.as(actors.releaseManager), { deployment: id, reason: "errors" });
    expect(await waitMs()).toBeLessThanOrEqual(0);
    expect(await row()).toMatchObject({ attempts: 0, nextAt: null });
    on.fake.failNext("describeRollout", unavailable());
    await look();
    expect(await row()).toMatchObject({ attempts: 1 });
    expect(await waitMs()).toBeLessThan(2_000);
    await look();
    expect(on.fake.effects("stopRollout")).toHaveLength(1);
  });
}

test("a rollback that is asked for while a look goes on is not forgotten until the look after", async () => {
  const { on, id, look, waitMs } = await rollout();
  on.fake.setHook(async (operation) => {
    if (operation !== "describeRollout") return;
    on.fake.setHook(() => undefined);
    await rollbackDeployment(on.as(actors.releaseManager), { deployment: id, reason: "errors" });
  });
  await look();
  expect(on.fake.effects("stopRollout")).toHaveLength(0);
  expect(await waitMs()).toBeLessThanOrEqual(0);
  await look();
  expect(on.fake.effects("stopRollout")).toHaveLength(1);
});

test("nor when that look fails, late in a long back-off", async () => {
  const { on, id, look, row } = await rollout();
  on.fake.failNext("describeRollout", unavailable(), { times: 6 });
  for (let count = 0; count < 6; count += 1) await look();
  on.fake.setHook(async (operation) => {
    if (operation !== "describeRollout") return;
    on.fake.setHook(() => undefined);
    await rollbackDeployment(on.as(actors.releaseManager), { deployment: id, reason: "errors" });
    throw unavailable();
  });
  await look();
  expect(on.fake.effects("stopRollout")).toHaveLength(1);
  expect(await row()).toMatchObject({ attempts: 0 });
});
