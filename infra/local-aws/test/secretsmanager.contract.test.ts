import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checked, settings } from "./clients.ts";
import { isRemote, startLocal } from "./local.ts";
import type { Local } from "./local.ts";

let local: Local | undefined;
let client: SecretsManagerClient;
const prefix = `quarterdeck-test/${Date.now()}`;

beforeAll(async () => {
  local = isRemote ? undefined : await startLocal();
  client = checked(new SecretsManagerClient(settings(local?.url ?? "")));
});
afterAll(() => local?.stop());

test("a secret's versions and their stages", async () => {
  const Name = `${prefix}/versions`;
  const created = await client.send(new CreateSecretCommand({ Name, SecretString: "one" }));
  expect(created.ARN).toMatch(new RegExp(`:secret:${Name}-\\w{6}$`));
  const put = await client.send(new PutSecretValueCommand({ SecretId: Name, SecretString: "two" }));
  expect(put.VersionStages).toEqual(["AWSCURRENT"]);
  const read = async (input: { VersionStage?: string; VersionId?: string } = {}) =>
    (await client.send(new GetSecretValueCommand({ SecretId: created.ARN, ...input }))).SecretString;
  expect(await read()).toBe("two");
  expect(await read({ VersionStage: "AWSPREVIOUS" })).toBe("one");
  expect(await read({ VersionId: created.VersionId ?? "" })).toBe("one");
  const described = await client.send(new DescribeSecretCommand({ SecretId: Name }));
  expect(described.VersionIdsToStages).toEqual({
    [put.VersionId ?? ""]: ["AWSCURRENT"],
    [created.VersionId ?? ""]: ["AWSPREVIOUS"],
  });
  await local?.restart();
  expect(await read()).toBe("two");
  await expect(read({ VersionStage: "NOBODY" })).rejects.toMatchObject({
    name: "ResourceNotFoundException",
    message: "Secrets Manager can't find the specified secret value for staging label: NOBODY",
  });
});

test("a ClientRequestToken makes a repeat harmless", async () => {
  const Name = `${prefix}/token`;
  const ClientRequestToken = "0123456789abcdef0123456789abcdef";
  const first = await client.send(new CreateSecretCommand({ Name, SecretString: "one", ClientRequestToken }));
  const second = await client.send(new CreateSecretCommand({ Name, SecretString: "one", ClientRequestToken }));
  expect(second.ARN).toBe(first.ARN);
  await client.send(new PutSecretValueCommand({ SecretId: Name, SecretString: "one", ClientRequestToken }));
  const other = new PutSecretValueCommand({ SecretId: Name, SecretString: "other", ClientRequestToken });
  await expect(client.send(other)).rejects.toMatchObject({ name: "ResourceExistsException" });
  await expect(client.send(new CreateSecretCommand({ Name, SecretString: "new" }))).rejects.toMatchObject({
    name: "ResourceExistsException",
    message: `The operation failed because the secret ${Name} already exists.`,
  });
});

test("binary values, listing and deletion", async () => {
  const Name = `${prefix}/binary`;
  await client.send(new CreateSecretCommand({ Name, SecretBinary: new Uint8Array([0, 255, 7]) }));
  const value = await client.send(new GetSecretValueCommand({ SecretId: Name }));
  expect([...(value.SecretBinary ?? [])]).toEqual([0, 255, 7]);
  const listed = async () =>
    (await client.send(new ListSecretsCommand({ Filters: [{ Key: "name", Values: [Name] }] }))).SecretList;
  expect((await listed())?.map((one) => one.Name)).toEqual([Name]);
  await client.send(new DeleteSecretCommand({ SecretId: Name, RecoveryWindowInDays: 7 }));
  expect(await listed()).toEqual([]);
  await expect(client.send(new GetSecretValueCommand({ SecretId: Name }))).rejects.toMatchObject({
    name: "InvalidRequestException",
  });
  await client.send(new DeleteSecretCommand({ SecretId: Name, ForceDeleteWithoutRecovery: true }));
  await expect(client.send(new DescribeSecretCommand({ SecretId: Name }))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
    message: "Secrets Manager can't find the specified secret.",
  });
});

test.skipIf(isRemote)(
  "containers get values by key, stage and version, and the agent's words when they cannot",
  async () => {
    const Name = `${prefix}/container`;
    const { ARN = "" } = await client.send(
      new CreateSecretCommand({ Name, SecretString: '{"user":"deck","port":5432}' }),
    );
    await client.send(new PutSecretValueCommand({ SecretId: Name, SecretString: '{"user":"new"}' }));
    const resolve = (valueFrom: string) => local?.world.secrets.resolve(valueFrom, "us-east-1");
    expect(resolve(ARN)).toBe('{"user":"new"}');
    expect(resolve(`${ARN}:user::`)).toBe("new");
    expect(resolve(`${ARN}:port:AWSPREVIOUS:`)).toBe("5432");
    expect(() => resolve(`${ARN}:password::`)).toThrow(
      "unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: " +
        "retrieved secret from Secrets Manager did not contain json key password",
    );
    expect(() => resolve(`${ARN}x`)).toThrow(
      "ResourceNotFoundException: Secrets Manager can't find the specified secret.",
    );
  },
);

test.skipIf(isRemote)("values are not in the journal", async () => {
  await client.send(new CreateSecretCommand({ Name: `${prefix}/journal`, SecretString: "hunter2" }));
  const entries = local?.world.journal.read({ service: "secretsmanager" }) ?? [];
  expect(JSON.stringify(entries)).not.toContain("hunter2");
  expect(entries.at(-1)).toMatchObject({
    action: "CreateSecret",
    effect: "changed",
    input: { SecretString: "[redacted]" },
  });
});

test("secrets and their versions are listed in pages, and a token that was not ours is refused", async () => {
  const Name = `${prefix}/pages`;
  await client.send(new CreateSecretCommand({ Name, SecretString: "one" }));
  await client.send(new PutSecretValueCommand({ SecretId: Name, SecretString: "two" }));
  const versions = (more: object) =>
    client.send(new ListSecretVersionIdsCommand({ SecretId: Name, MaxResults: 1, ...more }));
  const first = await versions({});
  const second = await versions({ NextToken: first.NextToken });
  expect([first.Versions?.length, second.Versions?.length, second.NextToken]).toEqual([1, 1, undefined]);
  expect(second.Versions?.[0]?.VersionId).not.toBe(first.Versions?.[0]?.VersionId);
  const name = "InvalidNextTokenException";
  await expect(versions({ NextToken: "x!" })).rejects.toMatchObject({ name });
  await expect(client.send(new ListSecretsCommand({ NextToken: "x!" }))).rejects.toMatchObject({ name });
  await expect(client.send(new ListSecretsCommand({ MaxResults: 101 }))).rejects.toMatchObject({
    name: "InvalidParameterException",
  });
});

test("what is not there can be deleted by force, and only so", async () => {
  const SecretId = `${prefix}/nobody`;
  await expect(client.send(new DeleteSecretCommand({ SecretId }))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
  const forced = await client.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }));
  expect(forced.Name).toBe(SecretId);
});
