import { DescribeClustersCommand, ECSClient, ListClustersCommand } from "@aws-sdk/client-ecs";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checked, settings } from "./clients.ts";
import { isRemote, startLocal } from "./local.ts";
import type { Local } from "./local.ts";

let local: Local | undefined;
let sts: STSClient;

beforeAll(async () => {
  local = isRemote ? undefined : await startLocal();
  sts = checked(new STSClient(settings(local?.url ?? "")));
});
afterAll(() => local?.stop());

test("the caller is known", async () => {
  const identity = await sts.send(new GetCallerIdentityCommand({}));
  expect(identity.Account).toMatch(/^\d{12}$/);
  expect(identity.Arn).toContain(identity.Account);
});

test.skipIf(isRemote)("a role of another account gives credentials of that account", async () => {
  const RoleArn = "arn:aws:iam::123456789012:role/deploy/production";
  const assumed = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "deck", DurationSeconds: 900 }));
  expect(assumed.AssumedRoleUser?.Arn).toBe("arn:aws:sts::123456789012:assumed-role/production/deck");
  expect(assumed.Credentials?.Expiration?.getTime()).toBeGreaterThan(Date.now());
  const other = checked(new STSClient(settings(local?.url ?? "", assumed.Credentials?.AccessKeyId)));
  expect((await other.send(new GetCallerIdentityCommand({}))).Account).toBe("123456789012");
});

describe.skipIf(isRemote)("an account whose roles were described", () => {
  const RoleArn = "arn:aws:iam::222222222222:role/portal";
  const describeRole = (role: object) =>
    fetch(`${local?.url}/_local/roles`, { method: "PUT", body: JSON.stringify({ roleArn: RoleArn, ...role }) });
  const assume = (input: object) => sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "deck", ...input }));
  const ecsOf = async (input: object) => {
    const { Credentials: given } = await assume(input);
    return checked(new ECSClient(settings(local?.url ?? "", given?.AccessKeyId)));
  };

  test("lets in who knows the external id, and nobody else", async () => {
    await describeRole({ externalId: "right" });
    expect((await assume({ ExternalId: "right" })).Credentials?.AccessKeyId).toMatch(/^ASIA222222222222/);
    for (const wrong of [
      {},
      { ExternalId: "wrong" },
      { RoleArn: "arn:aws:iam::222222222222:role/other", ExternalId: "right" },
    ]) {
      await expect(assume(wrong)).rejects.toMatchObject({
        name: "AccessDenied",
        message: expect.stringContaining(
          "is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::222222222222:role/",
        ),
      });
    }
  });

  test("a role may be denied some calls, and is told which", async () => {
    await describeRole({ denied: ["ecs:Describe*"] });
    const ecs = await ecsOf({});
    expect((await ecs.send(new ListClustersCommand({}))).clusterArns).toEqual([]);
    await expect(ecs.send(new DescribeClustersCommand({}))).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: expect.stringContaining("assumed-role/portal/deck is not authorized to perform: ecs:DescribeClusters"),
    });
  });

  test("a session ends with its role", async () => {
    await describeRole({});
    const ecs = await ecsOf({});
    await fetch(`${local?.url}/_local/roles?roleArn=${RoleArn}`, { method: "DELETE" });
    await expect(ecs.send(new ListClustersCommand({}))).rejects.toMatchObject({ name: "UnrecognizedClientException" });
  });

  test("a description that is none is refused", async () => {
    expect((await describeRole({ roleArn: "portal" })).status).toBe(400);
  });
});

test.each([{ RoleArn: "nonsense" }, { RoleSessionName: "a b" }, { DurationSeconds: 5 }])(
  "%j is refused",
  async (bad) => {
    const good = { RoleArn: "arn:aws:iam::123456789012:role/deploy", RoleSessionName: "deck" };
    await expect(sts.send(new AssumeRoleCommand({ ...good, ...bad }))).rejects.toMatchObject({
      name: "ValidationError",
    });
  },
);

test.each([
  [899, "greater than or equal to 900"],
  [43_201, "less than or equal to 43200"],
])("a session of %i seconds is told its bound", async (DurationSeconds, bound) => {
  const role = { RoleArn: "arn:aws:iam::123456789012:role/deploy", RoleSessionName: "deck" };
  await expect(sts.send(new AssumeRoleCommand({ ...role, DurationSeconds }))).rejects.toMatchObject({
    name: "ValidationError",
    message: expect.stringContaining(
      `'durationSeconds' failed to satisfy constraint: Member must have value ${bound}`,
    ) as string,
  });
});
