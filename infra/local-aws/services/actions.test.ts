import { afterAll, beforeAll, expect, test } from "vitest";
import type { ServiceDefinition } from "../contract.ts";
import { createCore } from "../world.ts";
import type { CoreHandle } from "../world.ts";
import { inputSchema } from "../wire/schemas.ts";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createCloudWatch } from "./cloudwatch/index.ts";
import { createEcr } from "./ecr/index.ts";
import { service as ecs } from "./ecs/index.ts";
import { createElbv2 } from "./elbv2/index.ts";
import { createLogs } from "./logs/index.ts";
import { secretsManager } from "./secretsmanager/index.ts";
import { createSecrets } from "./secretsmanager/secrets.ts";
import { systemsManager } from "./ssm/index.ts";
import { createParameters } from "./ssm/parameters.ts";
import { service as sts } from "./sts/index.ts";

const folder = mkdtempSync(path.join(os.tmpdir(), "local-aws-"));
let handle: CoreHandle;
/** By the folder of each service. */
let folders: Record<string, ServiceDefinition>;
let services: ServiceDefinition[];

beforeAll(() => {
  const options = {
    port: 0,
    dataDir: folder,
    timeScale: 1,
    imagesFile: path.join(folder, "none"),
    root: folder,
    host: "127.0.0.1",
  };
  handle = createCore(options, []);
  const { core } = handle;
  const cloudwatch = createCloudWatch(core);
  folders = {
    cloudwatch: cloudwatch.service,
    ecr: createEcr(core).service,
    ecs,
    elbv2: createElbv2(core, cloudwatch.port).service,
    logs: createLogs(core).service,
    secretsmanager: secretsManager(createSecrets(core)),
    ssm: systemsManager(createParameters(core)),
    sts,
  };
  services = Object.values(folders);
});
afterAll(async () => {
  await handle.close();
  rmSync(folder, { recursive: true });
});

test("every action is one that the SDK knows, so that its input is checked", () => {
  const unknown = services.flatMap(({ name, actions }) =>
    Object.keys(actions).filter((action) => !inputSchema(name, action)),
  );
  expect(unknown).toEqual([]);
});

test("writes and buckets name actions that exist", () => {
  for (const { name, actions, writes, buckets } of services) {
    const named = [...(writes ?? []), ...Object.values(buckets ?? {}).flatMap((bucket) => bucket.actions)];
    expect(
      named.filter((action) => !(action in actions)),
      name,
    ).toEqual([]);
  }
});

const filesOf = (service: string) =>
  readdirSync(path.join(import.meta.dirname, service, "actions")).filter((file) => file !== "index.ts");
const kebab = (action: string) => action.replaceAll(/(?<=.)[A-Z]/g, "-$&").toLowerCase();
const functionOf = (action: string) => `${action.charAt(0).toLowerCase()}${action.slice(1)}`;

test("every folder beside this test is a service that it looks at", () => {
  const found = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(found.map(({ name }) => name).sort()).toEqual(Object.keys(folders).sort());
});

test("each action is one file of its name, and each file an action", () => {
  for (const [folder, { actions }] of Object.entries(folders)) {
    const named = Object.keys(actions).map((action) => `${kebab(action)}.ts`);
    expect(filesOf(folder).sort(), folder).toEqual(named.sort());
  }
});

test("each file exports its own action, and nothing else", async () => {
  for (const [folder, service] of Object.entries(folders)) {
    const list = (await import(`./${folder}/actions/index.ts`)) as { actions: Record<string, unknown> };
    expect(Object.keys(service.actions), folder).toEqual(Object.keys(list.actions));
    for (const [action, registered] of Object.entries(list.actions)) {
      const file = (await import(`./${folder}/actions/${kebab(action)}.ts`)) as Record<string, unknown>;
      expect(Object.keys(file), action).toEqual([functionOf(action)]);
      expect(file[functionOf(action)], action).toBe(registered);
    }
  }
});
