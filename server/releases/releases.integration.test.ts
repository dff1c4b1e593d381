import { describe, expect, test } from "vitest";
import {
  actors,
  createDeployment,
  createEnvironment,
  createRelease,
  createService,
  createTarget,
  grant,
  testContext,
  userActor,
} from "../testing/factories.ts";
import { recordedOf, rowCounts, withDatabase } from "../testing/with-database.ts";
import { judgeRelease } from "./commands/judge.ts";
import { getRelease, listReleases } from "./queries.ts";

const database = withDatabase();
const as = (actor: Parameters<typeof testContext>[1]) => testContext(database.db, actor);

describe("the list", () => {
  test("is newest first and goes on after its cursor", async () => {
    const service = await createService(database.db);
    const versions = ["1", "2", "3", "4", "5"];
    for (const version of versions) await createRelease(database.db, { service, version });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listReleases(as(actors.viewer), { service: service.slug, limit: 2, cursor });
      seen.push(...page.items.map((release) => release.version));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(seen).toEqual(versions.toReversed());
  });

  test("is for those who hold some role", async () => {
    await expect(listReleases(as(actors.nobody), {})).rejects.toMatchObject({ code: "forbidden" });
  });
});

test("a release shows where it runs, what is known of it, and who posted it", async () => {
  const service = await createService(database.db);
  const environment = await createEnvironment(database.db, { kind: "staging" });
  const target = await createTarget(database.db, { service, environment });
  const release = await createRelease(database.db, { service });
  await createDeployment(database.db, { target, release });
  expect(await getRelease(as(actors.viewer), { release: release.id })).toMatchObject({
    runningIn: [{ slug: environment.slug, kind: "staging" }],
    verdicts: [{ environment: { slug: environment.slug }, verdict: "good", held: false }],
    createdBy: { kind: "system", id: "test", name: "Quarterdeck" },
  });
  await expect(getRelease(as(actors.viewer), { release: "rel_x" })).rejects.toMatchObject({ code: "not_found" });
});

describe("a verdict", () => {
  async function place() {
    const service = await createService(database.db);
    const environment = await createEnvironment(database.db, { kind: "production" });
    const release = await createRelease(database.db, { service });
    return { service, environment, release };
  }

  test("is stored with its reason, an audit entry and an event", async () => {
    const { release, environment, service } = await place();
    const input = {
      release: release.id,
      environment: environment.slug,
      verdict: "bad" as const,
      reason: "Leaks",
      held: true,
    };
    const judged = await judgeRelease(as(actors.releaseManager), input);
    expect(judged.verdicts).toMatchObject([{ verdict: "bad", reason: "Leaks", held: true }]);
    const { audit, events } = await recordedOf(database.db, release.id);
    expect(audit).toMatchObject([
      {
        action: "release.judge",
        reason: "Leaks",
        serviceId: service.id,
        environmentId: environment.id,
        changes: { before: null, after: { verdict: "bad", held: true } },
      },
    ]);
    expect(events).toMatchObject([{ topic: "releases", environmentId: environment.id }]);
    const counts = await rowCounts(database.db);
    await judgeRelease(as(actors.releaseManager), input);
    expect(await rowCounts(database.db)).toEqual(counts);
  });

  test("needs a reason when bad, and only a bad release is held", async () => {
    const { release, environment } = await place();
    const where = { release: release.id, environment: environment.slug };
    await expect(judgeRelease(as(actors.admin), { ...where, verdict: "bad" })).rejects.toMatchObject({
      details: { fields: { reason: expect.any(String) } },
    });
    await expect(judgeRelease(as(actors.admin), { ...where, verdict: "good", held: true })).rejects.toMatchObject({
      details: { fields: { held: expect.any(String) } },
    });
  });

  test("is for release managers of that environment", async () => {
    const { release, environment } = await place();
    const elsewhere = userActor(grant("release_manager", { environmentKind: "staging" }));
    const counts = await rowCounts(database.db);
    for (const actor of [actors.developer, elsewhere]) {
      const input = { release: release.id, environment: environment.slug, verdict: "good" as const };
      await expect(judgeRelease(as(actor), input)).rejects.toMatchObject({ code: "forbidden" });
    }
    expect(await rowCounts(database.db)).toEqual(counts);
  });
});
