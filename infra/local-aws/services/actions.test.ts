import { afterAll, beforeAll, expect, test } from "vitest";
import type { ServiceDefinition } from "../contract.ts";
import { createCore } from "../world.ts";
import type { CoreHandle } from "../world.ts";
import { inputSchema } from "../wire/schemas.ts";
import { mkdtempSync, rmSync } from "node:fs";
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
  services = [
    ecs,
    sts,
    cloudwatch.service,
    createElbv2(core, cloudwatch.port).service,
    createLogs(core).service,
    createEcr(core).service,
    secretsManager(createSecrets(core)),
    systemsManager(createParameters(core)),
  ];
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
