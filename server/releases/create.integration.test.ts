import { describe, expect, test } from "vitest";
import type { AppError } from "../core/errors.ts";
import { RuntimeFailure, type Placement } from "../deployments/ports.ts";
import {
  actors,
  createEnvironment,
  createRelease as createReleaseRow,
  createService,
  createTarget,
  fakeDigest,
  testContext,
} from "../testing/factories.ts";
import { createFakeRuntime, type FakeRuntime } from "../testing/fake-runtime.ts";
import { recordedOf, rowCounts, withDatabase } from "../testing/with-database.ts";
import { createRelease } from "./commands/create.ts";

const database = withDatabase();
const registry = "000000000000.dkr.ecr.us-east-1.amazonaws.com";

/** A context with a registry that has `backend:1.1.0`. */
function developer(fake: FakeRuntime = createFakeRuntime()) {
  fake.setImage(`${registry}/backend:1.1.0`, fakeDigest("1.1.0"));
  return testContext(database.db, actors.developer, { ports: fake.ports });
}

const problem = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail("was accepted"),
    (error: AppError) => error,
  );

describe("a build that CI posts", () => {
  test("becomes a release with the digest from the registry, an audit entry and an event", async () => {
    const service = await createService(database.db);
    const release = await createRelease(developer(), {
      service: service.slug,
      version: "1.1.0",
      commit: "7f3a2c1",
      description: "Product search",
      image: `${registry}/backend:1.1.0`,
    });
    expect(release).toMatchObject({
      version: "1.1.0",
      commit: "7f3a2c1",
      service: { slug: service.slug },
      artefacts: [{ container: service.slug, image: `${registry}/backend`, tag: "1.1.0", digest: fakeDigest("1.1.0") }],
      verdicts: [],
      runningIn: [],
    });
    const { audit, events } = await recordedOf(database.db, release.id);
    expect(audit).toMatchObject([{ action: "release.create", actorId: actors.developer.id, serviceId: service.id }]);
    expect(events).toMatchObject([{ topic: "releases", action: "release.create" }]);
  });

  test("may be posted again: the first is answered and nothing changes", async () => {
    const service = await createService(database.db);
    const input = { service: service.id, version: "1.1.0", image: `${registry}/backend:1.1.0` };
    const first = await createRelease(developer(), input);
    const before = await rowCounts(database.db);
    expect(await createRelease(developer(), input)).toEqual(first);
    expect(await rowCounts(database.db)).toEqual(before);
  });

  test("conflicts with another of the same version, named by what differs", async () => {
    const service = await createService(database.db);
    const input = { service: service.id, version: "1.1.0", image: `${registry}/backend:1.1.0` };
    const first = await createRelease(developer(), input);
    const before = await rowCounts(database.db);
    const moved = { ...input, digest: fakeDigest("other"), commit: "0000000" };
    const error = await problem(createRelease(developer(), moved));
    expect(error).toMatchObject({
      code: "conflict",
      details: { release: first.id, differs: ["commit", `artefacts.${service.slug}.digest`] },
    });
    expect(await rowCounts(database.db)).toEqual(before);
  });

  test("posted twice at once is one release", async () => {
    const service = await createService(database.db);
    const input = { service: service.id, version: "1.1.0", image: `${registry}/backend:1.1.0` };
    const [one, other] = await Promise.all([createRelease(developer(), input), createRelease(developer(), input)]);
    expect(one.id).toBe(other.id);
    expect((await recordedOf(database.db, one.id)).audit).toHaveLength(1);
  });
});

describe("the image", () => {
  test("that the registry does not have is refused by name", async () => {
    const service = await createService(database.db);
    const error = await problem(
      createRelease(developer(), { service: service.id, version: "9", image: `${registry}/backend:9` }),
    );
    expect(error).toMatchObject({
      code: "invalid",
      details: { fields: { image: expect.stringContaining("backend:9") } },
    });
  });

  test("of a registry that does not answer is no release yet", async () => {
    const service = await createService(database.db);
    const fake = createFakeRuntime();
    fake.failNext("digest", new RuntimeFailure("throttled", "digest", "Rate exceeded"));
    const error = await problem(
      createRelease(developer(fake), { service: service.id, version: "9", image: `${registry}/backend:1.1.0` }),
    );
    expect(error).toMatchObject({ code: "upstream" });
    expect(await database.db.release.count({ where: { serviceId: service.id } })).toBe(0);
  });

  test("whose digest is given twice and differently is refused", async () => {
    const service = await createService(database.db);
    const image = `${registry}/backend@${fakeDigest("a")}`;
    const error = await problem(
      createRelease(developer(), { service: service.id, version: "9", image, digest: fakeDigest("b") }),
    );
    expect(error).toMatchObject({ code: "invalid", details: { fields: { digest: expect.any(String) } } });
  });
});

describe("the container of an image", () => {
  const image = `${registry}/backend:1.1.0`;
  const digest = fakeDigest("1.1.0");

  test("is the one of the newest release", async () => {
    const service = await createService(database.db);
    await createReleaseRow(database.db, {
      service,
      artefacts: [{ container: "web", image: "r/web", tag: null, digest }],
    });
    const release = await createRelease(developer(), { service: service.id, version: "9", image });
    expect(release.artefacts[0]?.container).toBe("web");
  });

  test("is the one that runs, when there is no release yet", async () => {
    const service = await createService(database.db);
    const target = await createTarget(database.db, { service, environment: await createEnvironment(database.db) });
    const fake = createFakeRuntime();
    fake.addService(target as Placement, {
      definition: { family: "backend", containerDefinitions: [{ name: "app", image }] },
    });
    const release = await createRelease(developer(fake), { service: service.id, version: "9", image });
    expect(release.artefacts[0]?.container).toBe("app");
  });

  test("is not one that a wrong release named: what runs is asked first", async () => {
    const service = await createService(database.db);
    const target = await createTarget(database.db, { service, environment: await createEnvironment(database.db) });
    const fake = createFakeRuntime();
    fake.addService(target as Placement, {
      definition: { family: "backend", containerDefinitions: [{ name: "app", image }] },
    });
    const nope = { container: "nope", image: "r/web", tag: null, digest };
    await createReleaseRow(database.db, { service, artefacts: [nope] });
    const release = await createRelease(developer(fake), { service: service.id, version: "9", image });
    expect(release.artefacts.map((one) => one.container)).toEqual(["app"]);
  });

  test("is the one that releases bring, although a sidecar runs beside it", async () => {
    const service = await createService(database.db);
    const target = await createTarget(database.db, { service, environment: await createEnvironment(database.db) });
    const fake = createFakeRuntime();
    const containerDefinitions = ["envoy", "app"].map((name) => ({ name, image }));
    fake.addService(target as Placement, { definition: { family: "backend", containerDefinitions } });
    await createReleaseRow(database.db, {
      service,
      artefacts: [{ container: "app", image: "r/web", tag: null, digest }],
    });
    const release = await createRelease(developer(fake), { service: service.id, version: "9", image });
    expect(release.artefacts.map((one) => one.container)).toEqual(["app"]);
  });

  test("is the newest release's while what runs cannot be asked", async () => {
    const service = await createService(database.db);
    const target = await createTarget(database.db, { service, environment: await createEnvironment(database.db) });
    const fake = createFakeRuntime();
    fake.addService(target as Placement, {
      definition: { family: "backend", containerDefinitions: [{ name: "app", image }] },
    });
    await createReleaseRow(database.db, {
      service,
      artefacts: [{ container: "web", image: "r/web", tag: null, digest }],
    });
    fake.failNext("describeService", new RuntimeFailure("throttled", "describeService", "Rate exceeded"));
    const release = await createRelease(developer(fake), { service: service.id, version: "9", image });
    expect(release.artefacts.map((one) => one.container)).toEqual(["web"]);
  });

  test("must be named where there are several", async () => {
    const service = await createService(database.db);
    const artefacts = ["web", "proxy"].map((container) => ({ container, image: "r/x", tag: null, digest }));
    await createReleaseRow(database.db, { service, artefacts });
    const error = await problem(createRelease(developer(), { service: service.id, version: "9", image }));
    expect(error).toMatchObject({
      code: "invalid",
      details: { fields: { image: expect.stringContaining("proxy, web") } },
    });
    const release = await createRelease(developer(), {
      service: service.id,
      version: "9",
      artefacts: [
        { container: "web", image },
        { container: "proxy", image: "r/proxy", digest },
      ],
    });
    expect(release.artefacts.map((one) => one.container)).toEqual(["proxy", "web"]);
  });

  test("is named once", async () => {
    const service = await createService(database.db);
    const artefacts = [
      { container: "web", image, digest },
      { container: "web", image, digest },
    ];
    const error = await problem(createRelease(developer(), { service: service.id, version: "9", artefacts }));
    expect(error).toMatchObject({
      code: "invalid",
      details: { fields: { "artefacts.1.container": expect.any(String) } },
    });
  });
});

test("a viewer posts nothing, and neither does a developer of another service", async () => {
  const service = await createService(database.db);
  const input = { service: service.id, version: "1", image: `${registry}/backend:1.1.0` };
  const before = await rowCounts(database.db);
  for (const actor of [actors.viewer, actors.nobody]) {
    expect(await problem(createRelease({ ...developer(), actor }, input))).toMatchObject({ code: "forbidden" });
  }
  expect(await rowCounts(database.db)).toEqual(before);
});
