import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createClientSource } from "#server/aws/clients.ts";
import { createCluster, createService as createEcsService } from "#server/aws/testing/create-service.ts";
import { newEncryptionKey } from "#server/core/encryption.ts";
import { createEnvironment, createService, createTarget } from "#server/testing/factories.ts";
import { localPlace, startLocalAws, type LocalAwsProcess } from "#server/testing/local-aws/start.ts";
import { withDatabase } from "#server/testing/with-database.ts";
import type { ExaminationDto } from "#server/deployments/schema.ts";
import { ROOT } from "../start/settings.ts";

const database = withDatabase();
const account = "666666666666";
const roleIn = (accountId: string) => `arn:aws:iam::${accountId}:role/quarterdeck`;
const roleArn = roleIn(account);
const [stranger, locked] = ["777777777777", "888888888888"];
let aws: LocalAwsProcess;
let dataDir: string;

/** Runs the command as a person does. */
function doctor(...given: (string | Record<string, string>)[]): Promise<{ code: number; out: string; err: string }> {
  const args = given.filter((one) => typeof one === "string");
  const env = {
    NODE_ENV: "test" as const,
    PATH: process.env.PATH,
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    LOCAL_AWS_PORT: new URL(aws.url).port,
    ENCRYPTION_KEYS: newEncryptionKey(),
    // A developer's own profile, which local mode must not touch.
    AWS_PROFILE: "somebody-elses",
    ...Object.assign({}, ...given.filter((one) => typeof one === "object")),
  };
  return new Promise((resolve) => {
    execFile(process.execPath, ["scripts/doctor.ts", ...args], { cwd: ROOT, env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}

beforeAll(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), "quarterdeck-doctor-"));
  aws = await startLocalAws();
  const clients = await createClientSource(aws.settings).of(localPlace);
  await createCluster(clients, "fine");
  await createEcsService(clients, { cluster: "fine", name: "app", desiredCount: 0 });
  const service = await createService(database.db, { slug: "app" });
  const fine = await createEnvironment(database.db, { slug: "fine" });
  await createTarget(database.db, { service, environment: fine, cluster: "fine", ecsService: "app" });
  const closed = await createEnvironment(database.db, { slug: "closed" });
  await createTarget(database.db, {
    service,
    environment: closed,
    accountId: account,
    cluster: "fine",
    ecsService: "app",
  });
  await aws.describeRole({ roleArn, denied: ["ecs:DescribeServices"] });
  await database.db.awsRole.create({ data: { environmentId: closed.id, accountId: account, roleArn } });
  await createEnvironment(database.db, { slug: "empty" });
  const several = await createEnvironment(database.db, { slug: "several" });
  const place = { service, environment: several, cluster: "fine", ecsService: "app" };
  // One page and a half of targets, in an account that is there and in two that are not as they should be.
  for (let wave = 1; wave <= 20; wave += 1)
    await createTarget(database.db, { ...place, region: `us-east-${wave}`, wave });
  await createTarget(database.db, { ...place, accountId: stranger });
  await createTarget(database.db, { ...place, accountId: locked });
  await aws.describeRole({ roleArn: roleIn(locked), externalId: "right" });
  const sealed = { environmentId: several.id, accountId: locked, roleArn: roleIn(locked) };
  await database.db.awsRole.create({ data: sealed });
});
afterAll(async () => {
  await aws.close();
  rmSync(dataDir, { recursive: true, force: true });
});

test("an account that is ready: every check on a line, and exit 0", async () => {
  const { code, out } = await doctor("--environment", "fine");
  expect(out).toMatch(/^app: app in fine, account 000000000000, us-east-1$/m);
  expect(out).toMatch(
    /^ {2}ok +Identity and account: In account 000000000000 as arn:aws:iam::000000000000:root, with the portal's own credentials\.$/m,
  );
  expect(out).toMatch(/^ {2}unknown +ecs:UpdateService: .*cannot be checked by reads\.$/m);
  expect(out).toMatch(/^fine: 1 target: \d+ ok/m);
  expect(code).toBe(0);
});

test("one where something is denied: the policy line to add, and exit 1, also as JSON", async () => {
  const [plain, json] = await Promise.all([
    doctor("--environment", "closed"),
    doctor("--environment", "closed", "--json"),
  ]);
  expect(plain.out).toMatch(/^ {2}denied +ecs:DescribeServices: /m);
  expect(plain.out).toContain(
    `{"Effect":"Allow","Action":"ecs:DescribeServices","Resource":"arn:aws:ecs:us-east-1:${account}:service/fine/*"}`,
  );
  const { targets } = JSON.parse(json.out) as ExaminationDto;
  expect(targets[0]?.findings.filter((one) => one.result === "denied").length).toBeGreaterThan(0);
  expect([plain.code, json.code]).toEqual([1, 1]);
});

test("several accounts and more targets than one look takes: each is told of, and why one cannot be looked at", async () => {
  const { code, out } = await doctor("--environment", "several");
  expect(out.match(/^app: app in fine, account \d+, us-east-\d+$/gm)).toHaveLength(22);
  expect(out).toMatch(
    /denied +Identity and account: The portal's AWS credentials belong to account 000000000000, and this target is in account 777777777777\./,
  );
  // The portal has no external id for it, and the role's account asks for one.
  expect(out).toMatch(/denied +Identity and account: .*888888888888:role\/quarterdeck\. .*it asks for no external id/);
  expect(out).toMatch(/^several: 22 targets, 22 accounts and regions: /m);
  expect(code).toBe(1);
});

test("an AWS that gives no answer is no good news: exit 1", async () => {
  const { code, out } = await doctor({ LOCAL_AWS_PORT: "9" }, "--environment", "fine");
  expect(out).toMatch(/^ {2}failed +Identity and account: AWS gave no answer to sts:GetCallerIdentity/m);
  expect(code).toBe(1);
});

test("an environment without targets, one that is not there, and none named: one line and exit 1", async () => {
  const [empty, nowhere, unnamed] = await Promise.all([
    doctor("--environment", "empty"),
    doctor("--environment", "nowhere"),
    doctor(),
  ]);
  expect(empty).toMatchObject({ code: 1, out: expect.stringContaining("nothing to look at") });
  expect(nowhere).toMatchObject({ code: 1, err: 'No environment "nowhere".\n' });
  expect(unnamed).toMatchObject({ code: 1, err: expect.stringContaining("Usage: npm run doctor") });
});
