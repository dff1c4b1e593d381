import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verifyPassword } from "#server/auth/password.ts";
import { parseConfig } from "#server/core/config.ts";
import { listServices } from "#server/services/queries/list.ts";
import { actors, createEnvironment, testContext } from "#server/testing/factories.ts";
import { freePort } from "#server/testing/free-port.ts";
import { startLocalAws, type LocalAwsProcess } from "#server/testing/local-aws/start.ts";
import { rowCounts, withDatabase } from "#server/testing/with-database.ts";
import { compareEnvironments } from "#server/variables/queries/compare.ts";
import { getVariables } from "#server/variables/queries/current.ts";
import { Refusal } from "../refusal.ts";
import { seedDemo } from "./demo.ts";
import { readSettings, type DemoSettings } from "./settings.ts";

describe("settings that the demo refuses", () => {
  const fine = { DATABASE_URL: "postgres://x/y", LOCAL_PASSWORD: "a long enough password" };
  test.each([
    ["a real account", { QUARTERDECK_AWS: "real" }],
    ["an endpoint elsewhere", { AWS_ENDPOINT_URL: "https://ecs.us-east-1.amazonaws.com" }],
    ["no database", { DATABASE_URL: "" }],
    ["no password", { LOCAL_PASSWORD: "" }],
  ])("%s", (_what, changed) => expect(() => readSettings(parseConfig({ ...fine, ...changed }))).toThrow(Refusal));

  test("nothing else", () => expect(readSettings(parseConfig(fine)).endpoint).toBe("http://127.0.0.1:4566"));
});

describe("a database that is somebody's", () => {
  const database = withDatabase();

  test("is left as it is", async () => {
    await createEnvironment(database.db);
    const before = await rowCounts(database.db);
    const settings = readSettings(
      parseConfig({ DATABASE_URL: database.url, LOCAL_PASSWORD: "a long enough password" }),
    );
    await expect(seedDemo(settings)).rejects.toThrow(Refusal);
    expect(await rowCounts(database.db)).toEqual(before);
  });
});

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false)).listen(port, "localhost", () => server.close(() => resolve(true)));
  });
}

/** A port after which two more are free, for three load balancers. */
async function threePorts(): Promise<number> {
  for (;;) {
    const first = await freePort();
    if ((await isFree(first + 1)) && (await isFree(first + 2))) return first;
  }
}

describe("the demo in an empty installation", () => {
  const database = withDatabase();
  let aws: LocalAwsProcess;
  let settings: DemoSettings;

  beforeAll(async () => {
    aws = await startLocalAws({ imagesFile: "infra/qkart/images.json" });
    settings = {
      databaseUrl: database.url,
      endpoint: aws.url,
      region: "us-east-1",
      firstLoadBalancerPort: await threePorts(),
      password: "a long enough password",
    };
    // Cut off twice on its way: in AWS, and between the places and the people.
    await aws.fault("ecs", "CreateService", "unavailable", 40);
    await expect(seedDemo(settings)).rejects.toThrow();
    await aws.clearFaults();
    await expect(seedDemo({ ...settings, password: "short" })).rejects.toThrow("password");
    await seedDemo(settings);
  }, 180_000);
  afterAll(() => aws.close());

  test("runs 1.0.0 of both services in three environments, known to work, with 1.1.0 to deploy", async () => {
    const { items: services } = await listServices(testContext(database.db, actors.admin), {});
    expect(services.map((service) => service.slug)).toEqual(["qkart-backend", "qkart-storefront"]);
    for (const { targets, team } of services) {
      expect(team.slug).toBe("shop");
      expect(targets.map((target) => target.environment.slug)).toEqual(["development", "staging", "production"]);
      for (const target of targets) {
        expect(target).toMatchObject({
          release: { version: "1.0.0" },
          active: null,
          latest: { status: "succeeded" },
          can: { deploy: true },
        });
        expect(target.currentDeploymentId).toBe(target.latest?.id);
      }
    }
    const releases = await database.db.release.findMany({
      where: { service: { slug: "qkart-backend" } },
      orderBy: { id: "desc" },
    });
    expect(releases.map((release) => release.version)).toEqual(["1.1.0", "1.0.0", "1.2.0-errors", "1.2.0-crash"]);
  });

  test("keeps each task definition, so that one may return to it", async () => {
    const runs = await database.db.deploymentTarget.findMany({ include: { target: true, steps: true } });
    expect(runs).toHaveLength(6);
    for (const run of runs) {
      expect(run.taskDefinitionArn).toBe(run.target.taskDefinitionArn);
      expect(run.taskDefinition).toMatchObject({
        family: expect.stringContaining(run.target.ecsService),
        containerDefinitions: [{ image: expect.stringContaining("@sha256:") }],
      });
      expect(
        run.steps
          .filter((step) => step.status === "done")
          .map((step) => step.name)
          .toSorted(),
      ).toEqual(["finish", "rollout", "verify"]);
    }
  });

  test.each([0, 1, 2])("answers shoppers at load balancer %i", async (index) => {
    const url = `http://127.0.0.1:${settings.firstLoadBalancerPort + index}`;
    const products = await fetch(`${url}/api/products`);
    expect(products.status).toBe(200);
    expect((await fetch(url)).status).toBe(200);
  });

  test("manages the backend's variables, of which staging lacks two of production", async () => {
    const ctx = testContext(database.db, actors.viewer);
    const here = { service: "qkart-backend", environment: "staging" };
    const { entries, running, number } = await getVariables(ctx, here);
    expect({ number, running }).toMatchObject({ number: 1, running: [{ number: 1 }] });
    expect(entries.map((one) => [one.name, one.secret !== null, one.secretVersion !== null])).toEqual([
      ["DATABASE_URL", true, false],
      ["LOG_LEVEL", false, false],
      ["NODE_ENV", false, false],
      ["PAYMENT_API_KEY", true, true],
      ["QKART_ENVIRONMENT", false, false],
    ]);
    const compared = await compareEnvironments(ctx, { ...here, with: "production" });
    expect(compared.headline).toMatch(/^staging lacks 2 variables of production/);
    const answer = await fetch(`http://127.0.0.1:${settings.firstLoadBalancerPort + 2}/api/settings`);
    expect(await answer.json()).toEqual({
      freeShippingFromCents: 5000,
      deliveryDays: 3,
      hasPaymentKey: true,
      logLevel: "info",
    });
  });

  test("has one person per role, who sign in with the password", async () => {
    const people = await database.db.user.findMany({ orderBy: { email: "asc" } });
    expect(people.map((person) => person.email)).toEqual(
      ["admin", "developer", "release", "viewer"].map((name) => `${name}@qkart.example`),
    );
    for (const person of people) expect(await verifyPassword(settings.password, person.passwordHash)).toBe(true);
    const grants = await database.db.grant.findMany({ where: { principalId: people[1]?.id ?? "" } });
    expect(
      grants
        .filter((grant) => !grant.breakGlass)
        .map((grant) => grant.role)
        .toSorted(),
    ).toEqual(["developer", "developer", "viewer"]);
    expect(grants.filter((grant) => grant.breakGlass).map((grant) => grant.role)).toEqual(["release_manager"]);
  });

  test("is in the audit log, and done again it changes nothing", async () => {
    const entries = await database.db.auditEntry.groupBy({ by: ["action"], where: { actorId: "seed" }, _count: true });
    const counts = Object.fromEntries(entries.map((entry) => [entry.action, entry._count]));
    expect(counts).toMatchObject({
      "environment.create": 3,
      "service.create": 2,
      "target.create": 6,
      "release.create": 6,
      "deployment.end": 6,
      "user.create": 4,
    });
    const before = await rowCounts(database.db);
    await seedDemo(settings);
    expect(await rowCounts(database.db)).toEqual(before);
  });
});
