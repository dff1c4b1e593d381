import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand, DescribeServiceDeploymentsCommand, DescribeTasksCommand,
  UpdateServiceCommand,
} from "@aws-sdk/client-ecs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createLocalAws, type LocalAws } from "../../local-aws/server.ts";
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

async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "qkart-provision-"));
  database = await shopDatabase();
  aws = await createLocalAws({
    port: await freePort(),
    dataDir: folder,
    timeScale: Number(process.env.SCALE ?? 20),
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
    desiredCount: 2,
  };
}, 60_000);

afterAll(async () => {
  clients.destroy();
  await aws.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);


async function over() {
  for (;;) {
    const { services } = await clients.ecs.send(new DescribeServicesCommand({ cluster: "qkart-staging", services: ["qkart-backend"] }));
    const { serviceDeployments } = await clients.ecs.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [services![0]!.currentServiceDeployment!] }));
    const d = serviceDeployments![0]!;
    if (["SUCCESSFUL","STOPPED","ROLLBACK_SUCCESSFUL","ROLLBACK_FAILED"].includes(d.status!)) return { d, s: services![0]! };
    await new Promise(r => setTimeout(r, 200));
  }
}
test("matrix", async () => {
  const description = await provisionQkart(options);
  let t = Date.now();
  const first = await over();
  console.log("first", first.d.status, Date.now() - t);
  let on = true; const codes: Record<string, number> = {};
  const traffic = (async () => { while (on) { await Promise.all([1,2,3,4].map(async () => { const r = await fetch(description.loadBalancerUrl + "/api/products").catch(() => undefined); await r?.text().catch(() => ""); codes[String(r?.status)] = (codes[String(r?.status)] ?? 0) + 1; })); await new Promise(r => setTimeout(r, 100)); } })();
  for (const v of ["1.1.0", "1.1.1-crash", "1.1.1-oom", "1.1.1-unhealthy", "1.1.1-missing", "1.1.1-errors", "1.1.1-slow", "1.1.1-flaky"]) {
    const { taskDefinition } = await clients.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: "qkart-backend-staging" }));
    const c = taskDefinition!.containerDefinitions![0]!;
    const reg = await clients.ecs.send(new RegisterTaskDefinitionCommand({ family: "qkart-backend-staging", networkMode: "bridge", requiresCompatibilities: ["EC2"], containerDefinitions: [{ ...c, image: `000000000000.dkr.ecr.us-east-1.amazonaws.com/qkart-backend:${v}` }] }));
    t = Date.now();
    await clients.ecs.send(new UpdateServiceCommand({ cluster: "qkart-staging", service: "qkart-backend", taskDefinition: reg.taskDefinition!.taskDefinitionArn! }));
    const { d } = await over();
    const { taskArns } = await clients.ecs.send(new ListTasksCommand({ cluster: "qkart-staging", serviceName: "qkart-backend", desiredStatus: "STOPPED" }));
    const { tasks } = await clients.ecs.send(new DescribeTasksCommand({ cluster: "qkart-staging", tasks: taskArns!.slice(-100) }));
    const bad = tasks!.filter(x => x.taskDefinitionArn === reg.taskDefinition!.taskDefinitionArn);
    console.log(v, Date.now() - t, "ms", d.status, d.statusReason, JSON.stringify(d.deploymentCircuitBreaker), JSON.stringify(d.alarms), "| tasks", bad.length, bad[0]?.stopCode, bad[0]?.stoppedReason, bad[0]?.containers?.[0]?.exitCode, bad[0]?.containers?.[0]?.reason, JSON.stringify(codes));
    for (const k of Object.keys(codes)) delete codes[k];
    await new Promise(r => setTimeout(r, 8000));
  }
  on = false; await traffic;
  const { services } = await clients.ecs.send(new DescribeServicesCommand({ cluster: "qkart-staging", services: ["qkart-backend"] }));
  console.log(services![0]!.events!.slice(0, 25).map(e => e.message).join("\n"));
}, 400000);
