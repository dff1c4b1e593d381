import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Placement, Ports } from "../deployments/ports.ts";
import { localPlace, startLocalAws, type LocalAwsProcess } from "../testing/local-aws/start.ts";
import { createClientSource, type Clients } from "./clients.ts";
import { awsPorts } from "./ports.ts";
import { createCluster, createService } from "./testing/create-service.ts";

const cluster = "faults";

let aws: LocalAwsProcess;
let clients: Clients;
let ports: Ports;
let placement: Placement;

beforeAll(async () => {
  aws = await startLocalAws();
  const source = createClientSource(aws.settings);
  clients = await source.of(localPlace);
  ports = awsPorts(source);
  await createCluster(clients, cluster);
  placement = await createService(clients, { cluster, name: "app", desiredCount: 0 });
});
afterEach(() => aws.clearFaults());
afterAll(() => aws.close());

describe("throttling", () => {
  test("that passes is not noticed", async () => {
    await aws.fault("ecs", "DescribeServices", "throttle", 2);
    expect((await ports.runtime.describeService(placement)).status).toBe("ACTIVE");
  });

  test("that lasts is a failure to try again", async () => {
    await aws.fault("ecs", "DescribeServices", "throttle", 50);
    await expect(ports.runtime.describeService(placement)).rejects.toMatchObject({
      kind: "throttled",
      retryable: true,
      message: "AWS is throttling ecs:DescribeServices for app in faults.",
    });
  });
});

describe("a lost answer", () => {
  test("to a registration leaves exactly one revision, which its tag finds", async () => {
    const { taskDefinitionArn } = await ports.runtime.describeService(placement);
    const base = await ports.runtime.describeTaskDefinition(placement, taskDefinitionArn);
    await aws.fault("ecs", "RegisterTaskDefinition", "drop-answer");
    const registration = ports.runtime.registerTaskDefinition(placement, base.definition, "dep_9/dtg_1");
    await expect(registration).rejects.toMatchObject({ kind: "unreachable", retryable: true });
    const registered = await aws.journal("ecs", "RegisterTaskDefinition");
    // One by the service's creation, one by us.
    expect(registered.filter((one) => one.effect === "changed")).toHaveLength(2);
    const found = await ports.runtime.findTaskDefinition(placement, base.definition.family, "dep_9/dtg_1");
    expect(found).toMatchObject({ active: true, definition: base.definition });
    expect(found?.arn).not.toBe(base.arn);
  });

  test("to an update is the caller's to look after as well: it has happened, and asking again changes nothing", async () => {
    const { taskDefinitionArn } = await ports.runtime.describeService(placement);
    const base = await ports.runtime.describeTaskDefinition(placement, taskDefinitionArn);
    const { arn } = await ports.runtime.registerTaskDefinition(placement, base.definition, "dep_10/dtg_1");
    await aws.fault("ecs", "UpdateService", "drop-answer");
    await expect(ports.runtime.startRollout(placement, arn)).rejects.toMatchObject({
      kind: "unreachable",
      retryable: true,
    });
    await ports.runtime.startRollout(placement, arn);
    const updates = await aws.journal("ecs", "UpdateService");
    expect(updates.map((one) => one.effect)).toEqual(["changed", "none"]);
    expect((await ports.runtime.describeService(placement)).taskDefinitionArn).toBe(arn);
  });
});

describe("an AWS that is not there", () => {
  test("is unreachable, in words", async () => {
    const gone = awsPorts(createClientSource({ ...aws.settings, endpoint: "http://localhost:9" })).runtime;
    await expect(gone.describeService(placement)).rejects.toMatchObject({
      kind: "unreachable",
      message: expect.stringContaining("AWS gave no answer to sts:GetCallerIdentity"),
    });
  });

  test("and one that answers too late are the same", async () => {
    await aws.fault("ecs", "DescribeServices", "unavailable", 50);
    await expect(ports.runtime.describeService(placement)).rejects.toMatchObject({ kind: "unreachable" });
  });
});

test("another account than the credentials' own is refused before anything is asked of it", async () => {
  const calls = async () => (await aws.journal("ecs", "DescribeServices")).length;
  const before = await calls();
  await expect(ports.runtime.describeService({ ...placement, accountId: "111111111111" })).rejects.toMatchObject({
    kind: "denied",
    message: "The portal's AWS credentials belong to account 000000000000, and this target is in account 111111111111.",
  });
  expect(await calls()).toBe(before);
});
