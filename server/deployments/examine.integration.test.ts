import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createClientSource, type Clients } from "../aws/clients.ts";
import { actions, permissions } from "../aws/permissions.ts";
import { awsPorts } from "../aws/ports.ts";
import { createCluster, createService as createEcsService } from "../aws/testing/create-service.ts";
import { roleBook } from "../aws/testing/role-book.ts";
import { createAlarm, createSecret } from "../aws/testing/surroundings.ts";
import { actors, createEnvironment, createService, createTarget, testContext } from "../testing/factories.ts";
import { startLocalAws, type LocalAwsProcess } from "../testing/local-aws/start.ts";
import { withDatabase } from "../testing/with-database.ts";
import { examineEnvironment } from "./queries/examine.ts";

const database = withDatabase();
const accountId = "333333333333";
const roleArn = `arn:aws:iam::${accountId}:role/quarterdeck`;
let aws: LocalAwsProcess;
let roles: ReturnType<typeof roleBook>;
let environmentId: string;

async function examine() {
  const ports = awsPorts(createClientSource(aws.settings, roles));
  const ctx = testContext(database.db, actors.admin, { ports });
  const { targets } = await examineEnvironment(ctx, { environment: environmentId });
  return targets[0]?.findings ?? [];
}

beforeAll(async () => {
  aws = await startLocalAws();
  await aws.describeRole({ roleArn, externalId: "right" });
  const environment = await createEnvironment(database.db, { kind: "production" });
  environmentId = environment.id;
  roles = roleBook();
  roles.set(environmentId, { roleArn, externalId: "right" });
  const place = { environmentId, accountId, region: "us-east-1" };
  const clients: Clients = await createClientSource(aws.settings, roles).of(place);
  await createCluster(clients, "main");
  await createAlarm(clients, "app-errors");
  const secretArn = await createSecret(clients, "app/password", "hunter2");
  const repository = `${accountId}.dkr.ecr.us-east-1.amazonaws.com/app`;
  await createEcsService(clients, {
    cluster: "main",
    name: "app",
    desiredCount: 0,
    place,
    alarmNames: ["app-errors"],
    secretArn,
    repository,
  });
  await createTarget(database.db, {
    service: await createService(database.db),
    environment,
    accountId,
    cluster: "main",
    ecsService: "app",
  });
});
beforeEach(() => roles.set(environmentId, { roleArn, externalId: "right" }));
afterAll(() => aws.close());

test("a first contact makes no call that could change anything or show the value of a secret", async () => {
  const since = Date.now();
  const findings = await examine();
  const calls = await aws.calls(since);
  expect(calls.length).toBeGreaterThan(25);
  const names = [...new Set(calls.map((call) => `${call.service}:${call.action}`))].filter(
    (name) => name !== "sts:AssumeRole",
  );
  const mayRead = /^(sts:GetCallerIdentity|logs:GetLogEvents|[a-z]+:(Describe|List)[A-Za-z]+)$/;
  expect(names.filter((name) => !mayRead.test(name))).toEqual([]);
  expect(names).toContain("secretsmanager:DescribeSecret");
  expect(calls.filter((call) => call.effect === "changed")).toEqual([]);
  // The only log stream that is asked for is one that does not exist.
  const logs = calls.filter((call) => call.action === "GetLogEvents");
  expect(logs.length).toBeGreaterThan(0);
  expect(logs.filter((call) => call.outcome === "ok")).toEqual([]);
  expect(JSON.stringify(findings)).not.toContain("hunter2");
  expect(calls[0]?.action).toBe("AssumeRole");
  expect(calls[1]?.action).toBe("GetCallerIdentity");
});

test("says of every permission whether it is there, and of writes that reads cannot tell", async () => {
  const findings = await examine();
  expect(findings[0]).toMatchObject({
    check: "Identity and account",
    result: "ok",
    detail: expect.stringContaining(`In account ${accountId} as arn:aws:sts::${accountId}:assumed-role/quarterdeck/`),
  });
  const of = (check: string) => findings.find((one) => one.check === check);
  for (const action of actions) expect(of(action), action).toBeDefined();
  const writes = actions.filter((action) => permissions[action].access === "write");
  for (const action of writes)
    expect(of(action)).toMatchObject({ result: "unknown", policy: expect.stringContaining(action) });
  const unused = ["elasticloadbalancing:DescribeTargetHealth", "elasticloadbalancing:DescribeListeners"];
  for (const action of unused)
    expect(of(action)).toMatchObject({ result: "unknown", detail: expect.stringContaining("nothing to ask it about") });
  const reads = actions.filter((action) => ![...writes, ...unused].includes(action));
  for (const action of reads) expect(of(action), action).toMatchObject({ result: "ok", policy: null });
  expect(of("Circuit breaker")).toMatchObject({ result: "ok" });
  expect(of("Alarms guard rollouts")).toMatchObject({ result: "ok", detail: expect.stringContaining("app-errors") });
  expect(of("Quota of ecs:DescribeServices")).toMatchObject({
    result: "ok",
    detail: expect.stringMatching(/takes 0\.\d % of the 20/),
  });
});

test("what a role is denied is named with the line to add", async () => {
  const denied = ["ecs:DescribeServiceRevisions", "logs:GetLogEvents", "secretsmanager:*"];
  await aws.describeRole({ roleArn, externalId: "right", denied });
  const findings = await examine();
  const refused = findings.filter((one) => one.result === "denied" && one.policy !== null);
  expect(refused.map((one) => one.check).toSorted()).toEqual([
    "ecs:DescribeServiceRevisions",
    "logs:GetLogEvents",
    "secretsmanager:DescribeSecret",
    "secretsmanager:ListSecrets",
  ]);
  const line = JSON.parse(refused.find((one) => one.check === "ecs:DescribeServiceRevisions")?.policy ?? "");
  expect(line).toMatchObject({
    Effect: "Allow",
    Action: "ecs:DescribeServiceRevisions",
    Resource: expect.arrayContaining([`arn:aws:ecs:us-east-1:${accountId}:service-revision/main/*`]),
  });
  await aws.describeRole({ roleArn, externalId: "right" });
});

test("a role that cannot be taken is the only finding, and nothing else is asked", async () => {
  roles.set(environmentId, { roleArn, externalId: "wrong" });
  const since = Date.now();
  const findings = await examine();
  expect(findings).toMatchObject([
    { check: "Identity and account", result: "denied", detail: expect.stringContaining("sts:ExternalId") },
  ]);
  const asked = new Set((await aws.calls(since)).map((call) => call.service));
  expect(asked).toEqual(new Set(["sts"]));
});
