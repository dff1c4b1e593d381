import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
} from "@aws-sdk/client-ecs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createLocalAws, type LocalAws } from "../../local-aws/server.ts";
import { freePort } from "../../local-aws/test/local.ts";
import { shopDatabase, type TestDatabase } from "../testing/database.ts";
import { createClients, type Clients } from "./clients.ts";
import { imageByDigest } from "./images.ts";
import { provisionQkart, type ProvisionOptions } from "./provision.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const patience = { timeout: 60_000, interval: 100 };

let folder: string;
let aws: LocalAws;
let database: TestDatabase;
let clients: Clients;
let options: ProvisionOptions;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "qkart-provision-"));
  database = await shopDatabase();
  aws = await createLocalAws({
    port: await freePort(),
    dataDir: folder,
    timeScale: 60,
    imagesFile: path.join(root, "infra/qkart/images.json"),
    root,
    host: "127.0.0.1",
  });
  const access = {
    region: "us-east-1",
    endpoint: aws.url,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  };
  clients = createClients(access);
  options = {
    aws: access,
    environment: "staging",
    listenerPort: await freePort(),
    databaseUrl: database.url,
    desiredCount: 1,
  };
});

afterAll(async () => {
  clients.destroy();
  await aws.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const changes = (since: number) =>
  aws.world.journal
    .read({ since })
    .filter(({ effect }) => effect === "changed")
    .map(({ action }) => action);

const backendTasks = async () =>
  (await clients.ecs.send(new ListTasksCommand({ cluster: "qkart-staging", serviceName: "qkart-backend" }))).taskArns ??
  [];

async function answer(url: string): Promise<string> {
  return fetch(url).then(
    async (response) => `${response.status} ${await response.text()}`,
    (error: unknown) => String(error),
  );
}

test("a first run creates the whole environment, and the shop serves through its load balancer", async () => {
  const description = await provisionQkart(options);
  const url = `http://127.0.0.1:${options.listenerPort}`;
  expect(description).toMatchObject({
    environment: "staging",
    accountId: "000000000000",
    region: "us-east-1",
    cluster: "qkart-staging",
    loadBalancerUrl: url,
  });
  expect(
    description.services.map(({ name, ecsService, logGroup, desiredCount }) => ({
      name,
      ecsService,
      logGroup,
      desiredCount,
    })),
  ).toEqual([
    { name: "qkart-backend", ecsService: "qkart-backend", logGroup: "/qkart/staging/backend", desiredCount: 1 },
    {
      name: "qkart-storefront",
      ecsService: "qkart-storefront",
      logGroup: "/qkart/staging/storefront",
      desiredCount: 1,
    },
  ]);
  for (const { name, containers } of description.services) {
    const image = await imageByDigest(clients, { accountId: "000000000000", repository: name, tag: "1.0.0" });
    expect(containers).toEqual([{ name: name.replace("qkart-", ""), image, digest: image.split("@")[1] }]);
  }
  await expect
    .poll(() => answer(`${url}/api/version`), patience)
    .toMatch(/^200 .*"version":"1\.0\.0","environment":"staging"/);
  await expect.poll(() => answer(`${url}/`), patience).toMatch(/^200 [^]*Stoneware mug[^]*storefront <b>1\.0\.0<\/b>/);
});

test("the services roll back by breaker and by alarms, and the alarms exist", async () => {
  const { services = [] } = await clients.ecs.send(
    new DescribeServicesCommand({ cluster: "qkart-staging", services: ["qkart-backend", "qkart-storefront"] }),
  );
  for (const service of services) {
    const part = service.serviceName?.replace("qkart-", "");
    const alarmNames = [`qkart-staging-${part}-errors`, `qkart-staging-${part}-latency`];
    expect(service.deploymentConfiguration).toMatchObject({
      minimumHealthyPercent: 100,
      maximumPercent: 200,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      alarms: { alarmNames, enable: true, rollback: true },
    });
    const { MetricAlarms = [] } = await clients.cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: alarmNames }));
    expect(MetricAlarms.map(({ AlarmName }) => AlarmName).sort()).toEqual(alarmNames);
  }
});

test("a second run changes nothing and describes the same", async () => {
  const first = await provisionQkart(options);
  const since = Date.now();
  expect(await provisionQkart(options)).toEqual(first);
  expect(changes(since)).toEqual([]);
});

test("a version that was deployed since stays, and is described", async () => {
  const image = await imageByDigest(clients, { accountId: "000000000000", repository: "qkart-backend", tag: "1.1.0" });
  const { taskDefinition } = await clients.ecs.send(
    new DescribeTaskDefinitionCommand({ taskDefinition: "qkart-backend-staging" }),
  );
  const { family, networkMode, containerDefinitions = [] } = taskDefinition ?? {};
  const registered = await clients.ecs.send(
    new RegisterTaskDefinitionCommand({
      family,
      networkMode,
      containerDefinitions: containerDefinitions.map((one) => ({ ...one, image })),
    }),
  );
  const arn = registered.taskDefinition?.taskDefinitionArn;
  await clients.ecs.send(
    new UpdateServiceCommand({ cluster: "qkart-staging", service: "qkart-backend", taskDefinition: arn }),
  );
  await expect
    .poll(() => answer(`http://127.0.0.1:${options.listenerPort}/api/version`), patience)
    .toContain('"version":"1.1.0"');

  const since = Date.now();
  const { services } = await provisionQkart(options);
  expect(services[0]).toMatchObject({
    taskDefinitionArn: arn,
    containers: [{ name: "backend", image, digest: image.split("@")[1] }],
  });
  expect(changes(since)).toEqual([]);
});

test("a database that moved gets into the secret, and the backend's tasks are replaced", async () => {
  const moved = await shopDatabase();
  try {
    const before = await backendTasks();
    await provisionQkart({ ...options, databaseUrl: moved.url });
    await expect
      .poll(async () => {
        const now = await backendTasks();
        return now.length > 0 && now.every((task) => !before.includes(task));
      }, patience)
      .toBe(true);
    await expect.poll(() => answer(`http://127.0.0.1:${options.listenerPort}/api/products`), patience).toMatch(/^200 /);
  } finally {
    await provisionQkart(options);
    await moved.drop();
  }
});
