import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Placement } from "../deployments/ports.ts";
import { localPlace, startLocalAws, type LocalAwsProcess } from "../testing/local-aws/start.ts";
import { createClientSource } from "./clients.ts";
import { awsPorts } from "./ports.ts";
import { createCluster, createService } from "./testing/create-service.ts";
import { roleBook } from "./testing/role-book.ts";
import { unsavedUsage } from "./usage.ts";

const shop = "111111111111";
const bank = "222222222222";
const roleArn = (accountId: string) => `arn:aws:iam::${accountId}:role/quarterdeck`;

let aws: LocalAwsProcess;
let roles: ReturnType<typeof roleBook>;
let clock: number;

const source = () => createClientSource(aws.settings, roles, () => clock);
const place = (accountId: string, region = "us-east-1") => ({ environmentId: `env-${accountId}`, accountId, region });
const target = (accountId: string, region?: string): Placement => ({
  ...place(accountId, region),
  cluster: "main",
  ecsService: "app",
});
const callers = async (action: string) =>
  new Set((await aws.journal("ecs", action)).map((one) => one.caller.slice(0, 16)));
const assumed = async () => (await aws.journal("sts", "AssumeRole")).length;

beforeAll(async () => {
  aws = await startLocalAws();
  await aws.describeRole({ roleArn: roleArn(shop), externalId: "shop-secret" });
  await aws.describeRole({ roleArn: roleArn(bank), externalId: "bank-secret" });
});
beforeEach(() => {
  clock = Date.now();
  roles = roleBook();
  roles.set(`env-${shop}`, { roleArn: roleArn(shop), externalId: "shop-secret" });
  roles.set(`env-${bank}`, { roleArn: roleArn(bank), externalId: "bank-secret" });
});
afterAll(() => aws.close());

test("two accounts and two regions are served side by side, each by its own role, with the same names everywhere", async () => {
  const clients = source();
  const places = [place(shop), place(shop, "eu-central-1"), place(bank), place(bank, "eu-central-1")];
  for (const [index, one] of places.entries()) {
    const made = await clients.of(one);
    await createCluster(made, "main");
    await createService(made, { cluster: "main", name: "app", desiredCount: 0, tag: `1.${index}.0`, place: one });
  }
  const { runtime } = awsPorts(clients);
  const targets = [target(shop), target(shop, "eu-central-1"), target(bank), target(bank, "eu-central-1")];
  const states = await runtime.describeServices(targets);
  expect(states.size).toBe(4);
  const arns = await Promise.all(targets.map(async (one) => (await runtime.describeService(one)).taskDefinitionArn));
  for (const [index, arn] of arns.entries()) {
    const { accountId, region } = targets[index] ?? localPlace;
    expect(arn).toBe(`arn:aws:ecs:${region}:${accountId}:task-definition/app-main:1`);
    const { definition } = await runtime.describeTaskDefinition(targets[index] ?? target(shop), arn);
    expect(definition.containerDefinitions[0]?.image).toMatch(new RegExp(`:1\\.${index}\\.0$`));
  }
  expect(await callers("CreateService")).toEqual(new Set([`ASIA${shop}`, `ASIA${bank}`]));
});

test("calls count for their account also in a region where nobody asked who the portal is", async () => {
  const { runtime } = awsPorts(source());
  await runtime.describeService(target(shop));
  await runtime.describeService(target(shop, "eu-central-1"));
  const counted = unsavedUsage().filter((one) => one.operation === "DescribeServices");
  expect(counted.map((one) => `${one.accountId} ${one.region}`)).toContain(`${shop} eu-central-1`);
  expect(counted.filter((one) => one.accountId === "unknown")).toEqual([]);
});

test("a rollout in one account leaves the other alone", async () => {
  const { runtime } = awsPorts(source());
  const [here, there] = [target(shop), target(bank)];
  const before = await runtime.describeService(there);
  const { taskDefinitionArn } = await runtime.describeService(here);
  const { definition } = await runtime.describeTaskDefinition(here, taskDefinitionArn);
  const { arn } = await runtime.registerTaskDefinition(here, definition, "dep_1/dtg_1");
  await runtime.startRollout(here, arn);
  expect((await runtime.describeService(here)).taskDefinitionArn).toBe(arn);
  expect((await runtime.describeService(there)).taskDefinitionArn).toBe(before.taskDefinitionArn);
  expect(await callers("UpdateService")).toEqual(new Set([`ASIA${shop}`]));
});

describe("credentials of a role", () => {
  test("are asked for once, by however many calls at a time, and shared by all clients and regions", async () => {
    const before = await assumed();
    const { runtime } = awsPorts(source());
    await Promise.all(
      [target(shop), target(shop), target(shop, "eu-central-1")].map((one) => runtime.describeService(one)),
    );
    await runtime.logGroupExists(target(shop), "/main/app");
    expect((await assumed()) - before).toBe(1);
  });

  test("are renewed six minutes before they end, not earlier", async () => {
    const before = await assumed();
    const { runtime } = awsPorts(source());
    await runtime.describeService(target(shop));
    clock += 53 * 60_000;
    await runtime.describeService(target(shop));
    expect((await assumed()) - before).toBe(1);
    clock += 2 * 60_000;
    await runtime.describeService(target(shop));
    expect((await assumed()) - before).toBe(2);
  });

  test("are used to their end while STS gives no answer", async () => {
    const { runtime } = awsPorts(source());
    await runtime.describeService(target(shop));
    clock += 55 * 60_000;
    await aws.fault("sts", "AssumeRole", "unavailable", 6);
    expect((await runtime.describeService(target(shop))).status).toBe("ACTIVE");
    clock += 5 * 60_000;
    await expect(runtime.describeService(target(shop))).rejects.toMatchObject({ kind: "unreachable", retryable: true });
    await aws.clearFaults();
    expect((await runtime.describeService(target(shop))).status).toBe("ACTIVE");
  });
});

describe("a role that cannot be taken", () => {
  const writes = async () => (await aws.journal("ecs", "UpdateService")).length;

  test.each([
    [
      "has another external id",
      "guessed",
      "the external id set in the portal is the one that its condition sts:ExternalId asks for",
    ],
    ["asks for an external id that nobody set", undefined, "it asks for no external id, as none is set in the portal"],
  ])("because it %s: that is said, with what to look at", async (_why, externalId, advice) => {
    roles.set(`env-${shop}`, { roleArn: roleArn(shop), ...(externalId ? { externalId } : {}) });
    const before = await writes();
    const failure = await awsPorts(source())
      .runtime.startRollout(target(shop), "x:1")
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({
      kind: "denied",
      retryable: false,
      operation: "sts:AssumeRole",
      message: `AWS does not let the portal take the role ${roleArn(shop)}.`,
      advice: expect.stringContaining(advice),
    });
    expect(failure).toMatchObject({ advice: expect.stringContaining("arn:aws:iam::000000000000:root") });
    expect(JSON.stringify([failure, String(failure)])).not.toContain("guessed");
    expect(await writes()).toBe(before);
  });

  test("because it is of another account than the target: nothing is asked there", async () => {
    roles.set(`env-${shop}`, { roleArn: roleArn(bank), externalId: "bank-secret", accountId: shop });
    const before = await writes();
    await expect(awsPorts(source()).runtime.startRollout(target(shop), "x:1")).rejects.toMatchObject({
      kind: "denied",
      message: `The role ${roleArn(bank)} belongs to account ${bank}, and this target is in account ${shop}.`,
    });
    expect(await writes()).toBe(before);
  });

  test("because it was removed from the environment: the portal's own credentials are another account's", async () => {
    const { runtime } = awsPorts(source());
    await runtime.describeService(target(shop));
    roles.remove(`env-${shop}`);
    await expect(runtime.describeService(target(shop))).rejects.toMatchObject({
      kind: "denied",
      message: `The portal's AWS credentials belong to account 000000000000, and this target is in account ${shop}.`,
      advice: expect.stringContaining(`Set a role of account ${shop}`),
    });
  });
});

test("a role that is made anew in AWS is taken anew, although the old credentials had not expired", async () => {
  const role = { roleArn: roleArn(shop), externalId: "shop-secret" };
  const { runtime } = awsPorts(source());
  await runtime.describeService(target(shop));
  await aws.removeRole(role.roleArn);
  await expect(runtime.describeService(target(shop))).rejects.toMatchObject({
    kind: expect.stringMatching(/denied|unreachable|unknown|throttled/),
  });
  await aws.describeRole(role);
  expect((await runtime.describeService(target(shop))).status).toBe("ACTIVE");
});

test("what a role denies is named by its action", async () => {
  await aws.describeRole({ roleArn: roleArn(bank), externalId: "bank-secret", denied: ["ecs:UpdateService"] });
  const { runtime } = awsPorts(source());
  const { taskDefinitionArn } = await runtime.describeService(target(bank));
  await expect(runtime.startRollout(target(bank), taskDefinitionArn)).rejects.toMatchObject({
    kind: "denied",
    message: expect.stringContaining("The portal is not allowed to call ecs:UpdateService for app in main."),
  });
});

test("images are looked up with the portal's own credentials in its own account, and elsewhere with a role", async () => {
  const { registry } = awsPorts(source());
  const image = (account: string) => `${account}.dkr.ecr.us-east-1.amazonaws.com/app:1.0.0`;
  for (const account of [localPlace.accountId, shop]) await registry.digest(image(account), "us-east-1");
  const looked = (await aws.journal("ecr", "DescribeImages")).map((one) => one.caller.slice(0, 16));
  expect(looked).toEqual(["local", `ASIA${shop}`]);
});
