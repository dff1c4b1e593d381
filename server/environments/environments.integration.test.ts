import { expect, test } from "vitest";
import {
  actors,
  createEnvironment as createRow,
  createService,
  createTarget,
  grant,
  testContext,
  userActor,
} from "../testing/factories.ts";
import { recordedOf, rowCounts, withDatabase } from "../testing/with-database.ts";
import { getEnvironment, listEnvironments } from "./queries.ts";
import { createEnvironment } from "./service.ts";

const database = withDatabase();
const as = (actor: Parameters<typeof testContext>[1]) => testContext(database.db, actor);

test("an admin adds an environment, which is recorded", async () => {
  const input = { slug: "production-eu", name: "Production EU", kind: "production" as const, position: 31 };
  const created = await createEnvironment(as(actors.admin), input);
  expect(created).toMatchObject({ ...input, targets: 0 });
  const { audit, events } = await recordedOf(database.db, created.id);
  expect(audit).toMatchObject([
    { action: "environment.create", actorId: actors.admin.id, environmentId: created.id, changes: input },
  ]);
  expect(events).toMatchObject([{ topic: "environments" }]);
});

test("a slug is taken once", async () => {
  await createRow(database.db, { slug: "taken" });
  const before = await rowCounts(database.db);
  const again = createEnvironment(as(actors.admin), { slug: "taken", name: "Taken", kind: "preview" });
  await expect(again).rejects.toMatchObject({ code: "conflict", details: { fields: { slug: expect.any(String) } } });
  expect(await rowCounts(database.db)).toEqual(before);
});

test("only admins of that kind of environment add one", async () => {
  const input = { slug: "mine", name: "Mine", kind: "production" as const };
  for (const actor of [actors.releaseManager, userActor(grant("admin", { environmentKind: "staging" }))]) {
    await expect(createEnvironment(as(actor), input)).rejects.toMatchObject({ code: "forbidden" });
  }
});

test("environments come in order of promotion, each by id or slug, with how many targets it has", async () => {
  const staging = await createRow(database.db, { kind: "staging", position: 902 });
  const development = await createRow(database.db, { kind: "development", position: 901 });
  await createTarget(database.db, { service: await createService(database.db), environment: staging });
  const listed = await listEnvironments(as(actors.viewer), {});
  expect(listed.map((one) => one.id).slice(-2)).toEqual([development.id, staging.id]);
  const found = await getEnvironment(as(actors.viewer), { environment: staging.id });
  expect(found).toEqual(await getEnvironment(as(actors.viewer), { environment: staging.slug }));
  expect(found.targets).toBe(1);
  await expect(getEnvironment(as(actors.viewer), { environment: "nowhere" })).rejects.toMatchObject({
    code: "not_found",
  });
});
