import { describe, expect, test } from "vitest";
import { firstId } from "../core/ids.ts";
import type { Actor } from "../core/actor.ts";
import { appendRecords } from "../core/record.ts";
import {
  actors,
  createDeployment,
  createEnvironment,
  createRelease,
  createService,
  createTarget,
  createUser,
  testContext,
} from "../testing/factories.ts";
import { withDatabase } from "../testing/with-database.ts";
import { listChanges } from "./queries.ts";

const database = withDatabase();
const viewer = () => testContext(database.db, actors.viewer);

async function place() {
  const service = await createService(database.db);
  const environment = await createEnvironment(database.db, { kind: "production" });
  return { service, environment, target: await createTarget(database.db, { service, environment }) };
}

type Place = Awaited<ReturnType<typeof place>>;

/** Puts a deployment on the timeline as the deployment commands do. */
async function tell(
  { service, environment, target }: Place,
  told: { deploymentId: string; title?: string; at?: Date; actor?: Actor },
) {
  const { deploymentId, title = "Deploy", at = new Date(), actor = actors.system } = told;
  await database.db.$transaction((tx) =>
    appendRecords(tx, testContext(tx, actor, { now: () => at }), [
      {
        action: "deployment.create",
        topic: "deployments",
        subject: { kind: "deployment", id: deploymentId },
        serviceId: service.id,
        environmentId: environment.id,
        change: { kind: "deployment", title, targetIds: [target.id], undo: { deploymentId } },
      },
    ]),
  );
  // What is recorded has the id of its moment; the clock of ids cannot be set.
  if (told.at) await database.db.change.updateMany({ where: { title }, data: { id: firstId("change", at.getTime()) } });
}

describe("a change", () => {
  test("names who made it, how it ended, and what undoes it while it runs", async () => {
    const here = await place();
    const ada = await createUser(database.db, { name: "Ada" });
    const first = await createDeployment(database.db, {
      target: here.target,
      release: await createRelease(database.db, { service: here.service }),
    });
    await tell(here, { deploymentId: first.deploymentId, title: "1.0.0 to production", actor: ada.actor });
    expect((await listChanges(viewer(), { service: here.service.slug })).items).toMatchObject([
      {
        title: "1.0.0 to production",
        service: { id: here.service.id },
        environment: { id: here.environment.id },
        actor: { kind: "user", name: "Ada" },
        outcome: "succeeded",
        undo: { deploymentId: first.deploymentId, variables: null },
      },
    ]);
    const second = await createDeployment(database.db, {
      target: here.target,
      release: await createRelease(database.db, { service: here.service }),
    });
    await tell(here, { deploymentId: second.deploymentId });
    const { items } = await listChanges(viewer(), { service: here.service.slug });
    expect(items.map((item) => item.undo)).toEqual([{ deploymentId: second.deploymentId, variables: null }, null]);
  });

  test("whose deployment was rolled back has nothing left to undo", async () => {
    const here = await place();
    const release = await createRelease(database.db, { service: here.service });
    const { deploymentId } = await createDeployment(database.db, {
      target: here.target,
      release,
      status: "rolled_back",
    });
    await tell(here, { deploymentId });
    expect((await listChanges(viewer(), { service: here.service.id })).items).toMatchObject([
      { outcome: "rolled_back", undo: null },
    ]);
  });
});

describe("the list", () => {
  test("goes on after its cursor and keeps to service, environment and range", async () => {
    const [here, elsewhere] = [await place(), await place()];
    const release = await createRelease(database.db, { service: here.service });
    const { deploymentId } = await createDeployment(database.db, { target: here.target, release });
    for (const day of [1, 2, 3, 4])
      await tell(here, { deploymentId, title: `Day ${day}`, at: new Date(Date.UTC(2026, 0, day)) });
    await tell(elsewhere, { deploymentId, title: "Elsewhere" });
    const titles = async (input: object) => (await listChanges(viewer(), input)).items.map((item) => item.title);
    const first = await listChanges(viewer(), { service: here.service.id, limit: 3 });
    expect(first.items.map((item) => item.title)).toEqual(["Day 4", "Day 3", "Day 2"]);
    expect(await titles({ service: here.service.id, limit: 3, cursor: first.next })).toEqual(["Day 1"]);
    expect(await titles({ environment: elsewhere.environment.slug })).toEqual(["Elsewhere"]);
    const range = { from: "2026-01-02T00:00:00Z", to: "2026-01-03T12:00:00+12:00" };
    expect(await titles({ environment: here.environment.id, ...range })).toEqual(["Day 2"]);
    await expect(titles({ environment: "nowhere" })).rejects.toMatchObject({ code: "not_found" });
  });

  test("is for those who hold some role", async () => {
    await expect(listChanges(testContext(database.db, actors.nobody), {})).rejects.toMatchObject({ code: "forbidden" });
  });
});
