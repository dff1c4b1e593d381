import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createClientSource } from "../aws/clients.ts";
import { awsPorts } from "../aws/ports.ts";
import { createCluster, createService as createEcsService, createTargetGroup } from "../aws/testing/create-service.ts";
import type { Ports } from "../deployments/ports.ts";
import { actors, createEnvironment, createTeam, grant, testContext, userActor } from "../testing/factories.ts";
import { freePort } from "../testing/free-port.ts";
import {
  localAccount,
  localPlace,
  localRegion,
  startLocalAws,
  type LocalAwsProcess,
} from "../testing/local-aws/start.ts";
import { until } from "../testing/until.ts";
import { rowCounts, withDatabase } from "../testing/with-database.ts";
import { importServices } from "./commands/import-services.ts";
import { getService } from "./queries.ts";
import { discoverServices } from "./queries/discover.ts";

const database = withDatabase();
const place = { accountId: localAccount, region: localRegion };
let aws: LocalAwsProcess;
let ports: Ports;
let targetGroupArn: string;
let port: number;

const as = (actor: Parameters<typeof testContext>[1]) => testContext(database.db, actor, { ports });
const pick = (service: string, cluster: string, ecsService: string, more: object = {}) => ({
  service,
  cluster,
  ecsService,
  ...more,
});

beforeAll(async () => {
  aws = await startLocalAws();
  const source = createClientSource(aws.settings);
  const clients = await source.of(localPlace);
  ports = awsPorts(source);
  port = await freePort();
  targetGroupArn = await createTargetGroup(clients, "shop", port);
  for (const cluster of ["shop-production", "many"]) await createCluster(clients, cluster);
  await createEcsService(clients, {
    cluster: "shop-production",
    name: "shop-api-production",
    desiredCount: 1,
    targetGroupArn,
  });
  await createEcsService(clients, { cluster: "shop-production", name: "shop-mailer", desiredCount: 0, tag: "1.1.0" });
  for (let index = 0; index < 13; index += 1)
    await createEcsService(clients, { cluster: "many", name: `app-${index}`, desiredCount: 0 });
  await until(
    () =>
      ports.runtime.describeService({ ...localPlace, cluster: "shop-production", ecsService: "shop-api-production" }),
    (service) => service.runningCount === 1 && service.currentRolloutArn === null,
  );
});
afterAll(() => aws.close());

test("what runs in an account is found in batches, with slug, kind, target group and address proposed", async () => {
  const environment = await createEnvironment(database.db, { kind: "production" });
  const found = await discoverServices(as(actors.admin), { environment: environment.id, ...place });
  expect(found.clusters).toEqual(["many", "shop-production"]);
  expect(found.services).toHaveLength(15);
  expect(found.services.at(-2)).toEqual({
    cluster: "shop-production",
    ecsService: "shop-api-production",
    taskDefinition: "shop-api-production-shop-production:1",
    desiredCount: 1,
    runningCount: 1,
    container: "app",
    targetGroupArn,
    url: `http://localhost:${port}`,
    importable: true,
    known: null,
    proposed: { service: "shop-api", workload: "web" },
  });
  const described = await aws.journal("ecs", "DescribeServices");
  expect(described.filter((one) => JSON.stringify(one).includes('"many"'))).toHaveLength(2);
  const one = await discoverServices(as(actors.admin), {
    environment: environment.id,
    ...place,
    cluster: "shop-production",
  });
  expect(one.services.map((service) => service.ecsService)).toEqual(["shop-api-production", "shop-mailer"]);
});

describe("an import", () => {
  test("makes services, targets and adopted releases at once, changes nothing in AWS, and looks at them soon", async () => {
    const environment = await createEnvironment(database.db, { kind: "production" });
    const team = await createTeam(database.db);
    const services = [
      pick("shop-api", "shop-production", "shop-api-production", {
        targetGroupArn,
        url: `http://localhost:${port}`,
        autoscaled: true,
      }),
      pick("shop-mailer", "shop-production", "shop-mailer", { workload: "worker" }),
    ];
    const since = Date.now();
    const imported = await importServices(as(actors.admin), {
      environment: environment.slug,
      ...place,
      team: team.slug,
      services,
    });
    expect(imported).toMatchObject([
      { service: "shop-api", release: { version: "1.0.0" }, note: null },
      { service: "shop-mailer", release: { version: "1.1.0" }, note: null },
    ]);
    expect((await aws.calls(since)).filter((call) => !/^(Describe|List|Get)/.test(call.action))).toEqual([]);

    const service = await getService(as(actors.admin), { service: "shop-api" });
    expect(service).toMatchObject({
      team: { slug: team.slug },
      targets: [{ release: { version: "1.0.0" }, can: { deploy: true } }],
    });
    const target = await database.db.target.findUniqueOrThrow({ where: { id: imported[0]?.target ?? "" } });
    expect(target).toMatchObject({
      autoscaled: true,
      targetGroupArn,
      taskDefinitionArn: expect.stringContaining(":task-definition/"),
    });
    const release = await database.db.release.findUniqueOrThrow({
      where: { id: target.releaseId ?? "" },
      include: { artefacts: true, verdicts: true },
    });
    expect(release).toMatchObject({
      source: "adopted",
      artefacts: [{ container: "app", tag: "1.0.0", digest: expect.stringMatching(/^sha256:/) }],
    });
    // Only what had all its tasks is known to work.
    expect(release.verdicts).toMatchObject([{ verdict: "good", environmentId: environment.id }]);
    expect(await database.db.verdict.count({ where: { environmentId: environment.id } })).toBe(1);
    const jobs = await database.db.$queryRaw<
      { task: string }[]
    >`select task_identifier as task from graphile_worker.jobs`;
    expect(jobs.map((job) => job.task)).toContain("targets:observe");
    const actions = (await database.db.auditEntry.findMany({ where: { environmentId: environment.id } })).map(
      (entry) => entry.action,
    );
    expect(actions).toEqual(expect.arrayContaining(["target.create", "deployment.adopt", "service.import"]));

    const again = await discoverServices(as(actors.admin), {
      environment: environment.id,
      ...place,
      cluster: "shop-production",
    });
    expect(again.services.map((one) => one.known)).toEqual([
      { service: "shop-api", environment: environment.slug },
      { service: "shop-mailer", environment: environment.slug },
    ]);
  });

  test("with one service that is not there leaves nothing behind", async () => {
    const environment = await createEnvironment(database.db);
    const team = await createTeam(database.db);
    const before = await rowCounts(database.db);
    const services = [pick("fine", "many", "app-1"), pick("gone", "many", "nothing")];
    const failed = importServices(as(actors.admin), { environment: environment.id, ...place, team: team.id, services });
    await expect(failed).rejects.toMatchObject({
      code: "precondition",
      message: expect.stringContaining("nothing in many"),
    });
    expect(await rowCounts(database.db)).toEqual(before);
  });

  test("twice says that the target is there, and a new service needs a team", async () => {
    const environment = await createEnvironment(database.db);
    const team = await createTeam(database.db);
    const once = (more: object) =>
      importServices(as(actors.admin), {
        environment: environment.id,
        ...place,
        services: [pick("twice", "many", "app-2")],
        ...more,
      });
    await expect(once({})).rejects.toMatchObject({
      code: "invalid",
      details: { fields: { team: expect.any(String) } },
    });
    await once({ team: team.id });
    await expect(once({})).rejects.toMatchObject({ code: "conflict", details: { reason: "target_exists" } });
  });

  test("of two at the same time, one wins", async () => {
    const environment = await createEnvironment(database.db);
    const team = await createTeam(database.db);
    const once = () =>
      importServices(as(actors.admin), {
        environment: environment.id,
        ...place,
        team: team.id,
        services: [pick("race", "many", "app-3")],
      });
    const outcomes = await Promise.allSettled([once(), once()]);
    expect(outcomes.map((one) => one.status).toSorted()).toEqual(["fulfilled", "rejected"]);
    const refused = outcomes.find((one) => one.status === "rejected");
    expect(refused?.reason).toMatchObject({ code: "conflict" });
    expect(await database.db.target.count({ where: { ecsService: "app-3" } })).toBe(1);
  });

  test("and a look are for admins of the environment", async () => {
    const environment = await createEnvironment(database.db, { kind: "production" });
    for (const actor of [actors.releaseManager, userActor(grant("admin", { environmentKind: "staging" }))]) {
      const input = { environment: environment.id, ...place };
      await expect(discoverServices(as(actor), input)).rejects.toMatchObject({ code: "forbidden" });
      const services = [pick("mine", "many", "app-4")];
      await expect(importServices(as(actor), { ...input, services })).rejects.toMatchObject({ code: "forbidden" });
    }
  });
});

test("an account that the portal is not in is a clear refusal, before any call there", async () => {
  const environment = await createEnvironment(database.db);
  const elsewhere = discoverServices(as(actors.admin), {
    environment: environment.id,
    accountId: "999999999999",
    region: localRegion,
  });
  await expect(elsewhere).rejects.toMatchObject({
    code: "precondition",
    details: { reason: "denied" },
    message: expect.stringMatching(/belong to account 000000000000.*Set a role of account 999999999999/),
  });
});
