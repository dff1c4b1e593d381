import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { PutMetricAlarmCommand, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { RegisterTargetsCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { CreateSecretCommand, ListSecretsCommand } from "@aws-sdk/client-secrets-manager";
import { PutParameterCommand } from "@aws-sdk/client-ssm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { explain } from "../deployments/advice.ts";
import type { Placement, Ports } from "../deployments/ports.ts";
import { renderTaskDefinition } from "../deployments/render.ts";
import { freePort } from "../testing/free-port.ts";
import {
  localAccount,
  localPlace,
  localRegion,
  startLocalAws,
  type LocalAwsProcess,
} from "../testing/local-aws/start.ts";
import { until } from "../testing/until.ts";
import { createClientSource, type Clients } from "./clients.ts";
import { awsPorts } from "./ports.ts";
import { createCluster, createService, createTargetGroup, repository } from "./testing/create-service.ts";

const cluster = "around";
const placement: Placement = { ...localPlace, cluster, ecsService: "app" };

let aws: LocalAwsProcess;
let clients: Clients;
let ports: Ports;

beforeAll(async () => {
  aws = await startLocalAws();
  const source = createClientSource(aws.settings);
  clients = await source.of(placement);
  ports = awsPorts(source);
});
afterAll(() => aws.close());

describe("images", () => {
  test("have a digest by tag, and are known by it", async () => {
    const digest = await ports.registry.digest(`${repository}:1.1.0`, localRegion);
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(await ports.registry.digest(`${repository}@${digest}`, localRegion)).toBe(digest);
    expect(await ports.registry.digest(`${repository}:1.1.0@${digest}`, localRegion)).toBe(digest);
  });

  test("that do not exist have none", async () => {
    expect(await ports.registry.digest(`${repository}:7.7.7`, localRegion)).toBeUndefined();
    expect(await ports.registry.digest(`${repository}@sha256:${"0".repeat(64)}`, localRegion)).toBeUndefined();
    expect(await ports.registry.digest(`${repository}-other:1.0.0`, localRegion)).toBeUndefined();
  });
});

describe("log groups", () => {
  test("exist by their whole name", async () => {
    await clients.logs.send(new CreateLogGroupCommand({ logGroupName: "/around/app-long" }));
    expect(await ports.runtime.logGroupExists(placement, "/around/app-long")).toBe(true);
    expect(await ports.runtime.logGroupExists(placement, "/around/app")).toBe(false);
  });

  test("without the task's stream have no lines", async () => {
    const options = { "awslogs-group": "/around/app-long", "awslogs-stream-prefix": "ecs" };
    const container = { name: "app", image: "i", logConfiguration: { logDriver: "awslogs", options } };
    const definition = { family: "f", containerDefinitions: [container] };
    expect(await ports.runtime.lastLines(placement, definition, "arn:x/task/around/abc", "app", 10)).toEqual([]);
  });
});

describe("secrets", () => {
  test("exist, or it is said why not; the value is never asked for", async () => {
    const { ARN: arn = "" } = await clients.secrets.send(
      new CreateSecretCommand({ Name: "around/db", SecretString: JSON.stringify({ password: "x" }) }),
    );
    expect(await ports.runtime.secretExists(placement, arn)).toBe(true);
    expect(await ports.runtime.secretExists(placement, `${arn}:password::`)).toBe(true);
    expect(await ports.runtime.secretExists(placement, `${arn}::AWSPREVIOUS:`)).toContain(
      "no value in the stage AWSPREVIOUS",
    );
    expect(await ports.runtime.secretExists(placement, arn.replace("around/db", "around/gone"))).toContain(
      "There is no secret",
    );
    expect(await aws.journal("secretsmanager", "GetSecretValue")).toEqual([]);
  });

  test("in parameters exist by name and by ARN", async () => {
    await clients.ssm.send(new PutParameterCommand({ Name: "/around/url", Value: "x", Type: "SecureString" }));
    await clients.ssm.send(new PutParameterCommand({ Name: "around-flat", Value: "x", Type: "String" }));
    const arn = (name: string) => `arn:aws:ssm:${localRegion}:${localAccount}:parameter/${name}`;
    expect(await ports.runtime.secretExists(placement, "/around/url")).toBe(true);
    expect(await ports.runtime.secretExists(placement, arn("around/url"))).toBe(true);
    expect(await ports.runtime.secretExists(placement, arn("around-flat"))).toBe(true);
    expect(await ports.runtime.secretExists(placement, arn("around/gone"))).toBe("There is no parameter /around/gone.");
    expect(await aws.journal("ssm", "GetParameter")).toEqual([]);
  });
});

describe("what references can be chosen from", () => {
  const names = async (search: string) =>
    (await ports.runtime.listSecrets(placement, search)).map(({ kind, name }) => `${kind} ${name}`);

  test("is searched beyond the first page, in both kinds", async () => {
    const created = Array.from({ length: 101 }, (_, index) =>
      clients.secrets.send(new CreateSecretCommand({ Name: `many/secret-${index}`, SecretString: "x" })),
    );
    await Promise.all(created);
    await clients.ssm.send(new PutParameterCommand({ Name: "many-secret-flat", Value: "x", Type: "String" }));
    expect((await clients.secrets.send(new ListSecretsCommand({ MaxResults: 100 }))).NextToken).toBeDefined();
    for (const index of [0, 50, 100])
      expect(await names(`many/secret-${index}`)).toContain(`secret many/secret-${index}`);
    expect(await names("secret-flat")).toEqual(["parameter many-secret-flat"]);
    expect((await names("many")).filter((one) => one.startsWith("secret "))).toHaveLength(50);
  });

  test("leaves out the kind that may not be listed, and fails when neither may", async () => {
    await aws.fault("ssm", "DescribeParameters", "denied", 1);
    expect(await names("many-secret-flat")).toEqual([]);
    await aws.fault("ssm", "DescribeParameters", "denied", 1);
    await aws.fault("secretsmanager", "ListSecrets", "denied", 1);
    await expect(names("many")).rejects.toMatchObject({ kind: "denied" });
    await aws.clearFaults();
  });
});

test("alarms are read with their state, and unknown names are left out", async () => {
  const alarm = {
    Namespace: "Around",
    MetricName: "Errors",
    Statistic: "Sum" as const,
    ComparisonOperator: "GreaterThanThreshold" as const,
  };
  const often = { Period: 60, EvaluationPeriods: 1, Threshold: 5, TreatMissingData: "notBreaching" };
  await clients.cloudwatch.send(new PutMetricAlarmCommand({ AlarmName: "around-errors", ...alarm, ...often }));
  await clients.cloudwatch.send(
    new PutMetricAlarmCommand({ AlarmName: "around-quiet", ...alarm, ...often, Threshold: 5000 }),
  );
  const raise = async () => {
    const datum = { MetricName: "Errors", Value: 50, Unit: "Count" as const };
    await clients.cloudwatch.send(new PutMetricDataCommand({ Namespace: "Around", MetricData: [datum] }));
    return ports.runtime.alarms(placement, ["around-errors", "around-quiet", "around-gone"]);
  };
  const found = await until(raise, (alarms) => alarms.some((one) => one.state === "ALARM"), { everyMs: 300 });
  expect(found.map((one) => one.name).toSorted()).toEqual(["around-errors", "around-quiet"]);
  expect(found.find((one) => one.state === "ALARM")).toMatchObject({
    name: "around-errors",
    reason: expect.stringMatching(/./),
  });
  expect(await ports.runtime.alarms(placement, [])).toEqual([]);
});

describe("load balancer targets", () => {
  test("that answer wrongly say what was asked and what they answered", async () => {
    const broken = createServer((_request, response) => response.writeHead(503).end());
    await new Promise<void>((resolve) => broken.listen(0, "127.0.0.1", resolve));
    const { port } = broken.address() as AddressInfo;
    try {
      const targetGroupArn = await createTargetGroup(clients, "around-broken", await freePort());
      const target = { Id: "127.0.0.1", Port: port };
      await clients.elb.send(new RegisterTargetsCommand({ TargetGroupArn: targetGroupArn, Targets: [target] }));
      const read = () => ports.runtime.targetHealth(placement, targetGroupArn);
      // A check that this process was too busy to answer in time has another reason, until the next one.
      const targets = await until(read, (all) => all.some((one) => one.reason === "Target.ResponseCodeMismatch"));
      expect(targets).toEqual([
        {
          id: `127.0.0.1:${port}`,
          state: "unhealthy",
          reason: "Target.ResponseCodeMismatch",
          description: "Health checks on /health failed with these codes: [503]",
        },
      ]);
    } finally {
      broken.close();
    }
  });

  test("that do not exist are not found", async () => {
    const arn = `arn:aws:elasticloadbalancing:${localRegion}:${localAccount}:targetgroup/gone/0123456789abcdef`;
    await expect(ports.runtime.targetHealth(placement, arn)).rejects.toMatchObject({
      kind: "not_found",
      message: expect.stringContaining("the target group gone"),
    });
  });

  test("of a version that never becomes healthy undo its rollout, with what they answered as the cause", async () => {
    await createCluster(clients, cluster);
    const targetGroupArn = await createTargetGroup(clients, "around-app", await freePort());
    const service = await createService(clients, { cluster, name: "app", desiredCount: 1, targetGroupArn });
    const { runtime, registry } = ports;
    const state = await until(
      () => runtime.describeService(service),
      (one) => one.currentRolloutArn === null && one.runningCount === 1,
    );
    expect(state.targetGroupArns).toEqual([targetGroupArn]);
    expect((await runtime.targetHealth(service, targetGroupArn)).map((one) => one.state)).toEqual(["healthy"]);

    const { definition } = await runtime.describeTaskDefinition(service, state.taskDefinitionArn);
    const image = `${repository}:1.2.0-unhealthy`;
    const digest = (await registry.digest(image, localRegion)) ?? "";
    const broken = renderTaskDefinition(definition, [{ container: "app", image, digest }]);
    const { arn } = await runtime.registerTaskDefinition(service, broken, "dep_1/dtg_1");
    await runtime.startRollout(service, arn);
    const rollout = await until(
      () => runtime.findRollout(service, arn),
      (found) => found?.finishedAt != null,
    );
    expect(rollout?.status).toBe("rollback_successful");
    const tasks = await runtime.listTasks(service);
    const { events } = await runtime.describeService(service);
    expect(explain({ rollout, tasks, events })).toMatchObject({
      kind: "health_check",
      headline: "Tasks failed the load balancer's health check: they answered 503.",
    });
  });
});
