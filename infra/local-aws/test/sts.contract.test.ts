import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, expect, test } from "vitest";
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

test.each([{ RoleArn: "nonsense" }, { RoleSessionName: "a b" }, { DurationSeconds: 5 }])(
  "%j is refused",
  async (bad) => {
    const good = { RoleArn: "arn:aws:iam::123456789012:role/deploy", RoleSessionName: "deck" };
    await expect(sts.send(new AssumeRoleCommand({ ...good, ...bad }))).rejects.toMatchObject({
      name: "ValidationError",
    });
  },
);
