import { gzipSync } from "node:zlib";
import { ECSClient, ListClustersCommand } from "@aws-sdk/client-ecs";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { JournalEntry } from "../contract.ts";
import { settings } from "./clients.ts";
import { startLocal } from "./local.ts";
import type { Local } from "./local.ts";

let local: Local;

/** One connection per call: a restart or a dropped answer must not be felt by the next one. */
const fetch = (url: string, init: RequestInit = {}) =>
  globalThis.fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), connection: "close" } });

beforeAll(async () => void (local = await startLocal()));
afterAll(() => local.stop());
beforeEach(async () => void (await fetch(`${local.url}/_local/faults`, { method: "DELETE" })));

const authorization = (service: string, region = "us-east-1") =>
  `AWS4-HMAC-SHA256 Credential=local/20261122/${region}/${service}/aws4_request, SignedHeaders=host, Signature=00`;

function call(
  service: string,
  target: string | undefined,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
) {
  return fetch(local.url, {
    method: "POST",
    body,
    headers: {
      authorization: authorization(service),
      ...(target === undefined ? {} : { "x-amz-target": target }),
      ...headers,
    },
  });
}

const jsonError = async (response: Response) => [
  response.status,
  ((await response.json()) as { __type: string }).__type,
];
const xmlError = async (response: Response) => [response.status, /<Code>(.*)<\/Code>/.exec(await response.text())?.[1]];

const LIST_CLUSTERS = "AmazonEC2ContainerServiceV20141113.ListClusters";
const faults = (body: unknown) => fetch(`${local.url}/_local/faults`, { method: "POST", body: JSON.stringify(body) });
const journal = async (query = "") =>
  ((await (await fetch(`${local.url}/_local/journal${query}`)).json()) as { entries: JournalEntry[] }).entries;

describe("who calls", () => {
  test("unsigned and malformed calls are refused as AWS refuses them", async () => {
    expect(await jsonError(await call("ecs", LIST_CLUSTERS, "{}", { authorization: "" }))).toEqual([
      403,
      "MissingAuthenticationTokenException",
    ]);
    for (const bad of [
      "Bearer x",
      "AWS4-HMAC-SHA256 Credential=a/b",
      "AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=h, Signature=s",
    ]) {
      expect(await jsonError(await call("ecs", LIST_CLUSTERS, "{}", { authorization: bad }))).toEqual([
        400,
        "IncompleteSignatureException",
      ]);
    }
    expect(await xmlError(await call("sts", undefined, "Action=GetCallerIdentity", { authorization: "" }))).toEqual([
      403,
      "MissingAuthenticationToken",
    ]);
  });

  test("a credential of another service does not pass", async () => {
    expect(await jsonError(await call("logs", LIST_CLUSTERS, "{}"))).toEqual([403, "InvalidSignatureException"]);
  });
});

describe("what is called", () => {
  test("an unknown action or service is an error of the protocol", async () => {
    expect(await jsonError(await call("ecs", "AmazonEC2ContainerServiceV20141113.MakeCoffee", "{}"))).toEqual([
      400,
      "UnknownOperationException",
    ]);
    expect(await jsonError(await call("ecs", "Nobody.ListClusters", "{}"))).toEqual([400, "UnknownOperationException"]);
    expect(await jsonError(await call("ecs", "AmazonEC2ContainerServiceV20141113.constructor", "{}"))).toEqual([
      400,
      "UnknownOperationException",
    ]);
    expect(await xmlError(await call("sts", undefined, "Action=MakeCoffee&Version=2011-06-15"))).toEqual([
      400,
      "InvalidAction",
    ]);
    expect(await xmlError(await call("sts", undefined, ""))).toEqual([400, "MissingAction"]);
  });

  test("CloudWatch answers with its old codes beside the new", async () => {
    const response = await call(
      "monitoring",
      "GraniteServiceVersion20100801.SetAlarmState",
      '{"AlarmName":"nobody","StateValue":"OK","StateReason":""}',
    );
    expect(response.status).toBe(404);
    expect(response.headers.get("x-amzn-query-error")).toBe("ResourceNotFound;Sender");
    expect(response.headers.get("x-amzn-requestid")).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("wrong types are refused, unknown members are not", async () => {
    expect(await jsonError(await call("ecs", LIST_CLUSTERS, '{"maxResults":"ten"}'))).toEqual([
      400,
      "SerializationException",
    ]);
    expect(await jsonError(await call("ecs", LIST_CLUSTERS, "[1]"))).toEqual([400, "SerializationException"]);
    expect(await jsonError(await call("ecs", LIST_CLUSTERS, "{"))).toEqual([400, "SerializationException"]);
    expect((await call("ecs", LIST_CLUSTERS, '{"shoeSize":42,"__proto__":{"maxResults":"ten"}}')).status).toBe(200);
    expect(await xmlError(await call("elasticloadbalancing", undefined, "Action=CreateRule&Priority=ten"))).toEqual([
      400,
      "MalformedInput",
    ]);
    expect(await xmlError(await call("elasticloadbalancing", undefined, "Action=CreateRule&Conditions=x"))).toEqual([
      400,
      "MalformedInput",
    ]);
  });

  test("a body may be gzipped, must not be too large, and must not unpack to something too large", async () => {
    expect(
      (await call("ecs", LIST_CLUSTERS, gzipSync('{"maxResults":1}'), { "content-encoding": "gzip" })).status,
    ).toBe(200);
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    expect(await jsonError(await call("ecs", LIST_CLUSTERS, bomb, { "content-encoding": "gzip" }))).toEqual([
      413,
      "RequestEntityTooLargeException",
    ]);
    expect(await jsonError(await call("ecs", LIST_CLUSTERS, "x", { "content-encoding": "gzip" }))).toEqual([
      400,
      "SerializationException",
    ]);
    expect(await jsonError(await call("ecs", LIST_CLUSTERS, " ".repeat(3_000_000)))).toEqual([
      413,
      "RequestEntityTooLargeException",
    ]);
  });

  test("garbage never breaks anything: the answer is one of the protocol", async () => {
    const targets = [
      [
        "ecs",
        "AmazonEC2ContainerServiceV20141113",
        ["RegisterTaskDefinition", "CreateService", "UpdateService", "DescribeTasks"],
      ],
      ["logs", "Logs_20140328", ["FilterLogEvents", "GetLogEvents", "PutLogEvents", "CreateLogGroup"]],
      [
        "monitoring",
        "GraniteServiceVersion20100801",
        ["GetMetricData", "PutMetricAlarm", "PutMetricData", "SetAlarmState"],
      ],
      ["ssm", "AmazonSSM", ["PutParameter", "GetParameter", "GetParametersByPath"]],
      ["secretsmanager", "secretsmanager", ["GetSecretValue", "PutSecretValue", "CreateSecret"]],
    ] as const;
    const target = fc.constantFrom(
      ...targets.flatMap(([service, prefix, actions]) =>
        actions.map((action) => [service, `${prefix}.${action}`] as const),
      ),
    );
    const members = fc.constantFrom(
      "family",
      "cluster",
      "logGroupName",
      "filterPattern",
      "nextToken",
      "Name",
      "SecretId",
      "MetricDataQueries",
      "NextToken",
      "Path",
      "AlarmName",
    );
    const body = fc.oneof(
      fc.string(),
      fc.json(),
      fc.dictionary(members, fc.jsonValue()).map((value) => JSON.stringify(value)),
    );
    await fc.assert(
      fc.asyncProperty(target, body, async ([service, name], text) => {
        const response = await call(service, name, text);
        const type = response.status === 200 ? "" : ((await response.json()) as { __type: string }).__type;
        expect([200, 400, 404, 409], `${name} ${text} ${type}`).toContain(response.status);
      }),
      { numRuns: 150 },
    );
  }, 180_000);

  test("garbage forms too", async () => {
    const action = fc.constantFrom(
      "CreateRule",
      "CreateListener",
      "DescribeTargetHealth",
      "CreateTargetGroup",
      "AddTags",
      "RegisterTargets",
    );
    const key = fc.constantFrom(
      "Actions.member.1.Type",
      "Actions.member.x",
      "ListenerArn",
      "Name",
      "Port",
      "Targets.member.1.Id",
      "PageSize",
      "Marker",
      "__proto__.x",
      "ResourceArns.member.1",
      "TargetGroupArn",
    );
    await fc.assert(
      fc.asyncProperty(action, fc.array(fc.tuple(key, fc.string())), async (name, fields) => {
        const response = await call(
          "elasticloadbalancing",
          undefined,
          new URLSearchParams([["Action", name], ...fields]).toString(),
        );
        expect([200, 400, 404], await response.text()).toContain(response.status);
      }),
      { numRuns: 100 },
    );
  }, 180_000);
});

describe("journal", () => {
  test("tells calls with their effect, filtered, and keeps writes over a restart", async () => {
    const secrets = new SecretsManagerClient(settings(local.url));
    const since = Date.now();
    const ClientRequestToken = "0123456789abcdef0123456789abcdef";
    const { ARN } = await secrets.send(
      new CreateSecretCommand({ Name: "journal", ClientRequestToken, SecretString: "x" }),
    );
    await secrets.send(new CreateSecretCommand({ Name: "journal", ClientRequestToken, SecretString: "x" }));
    const expected = [
      ["changed", ARN, "local"],
      ["none", ARN, "local"],
    ];
    const shown = (entries: JournalEntry[]) => entries.map((entry) => [entry.effect, entry.subject, entry.caller]);
    expect(shown(await journal(`?service=secretsmanager&action=CreateSecret&since=${since}`))).toEqual(expected);
    expect(await journal(`?service=secretsmanager&since=${Date.now() + 1}`)).toEqual([]);
    await local.restart();
    expect(shown(local.world.journal.read({ service: "secretsmanager", since }))).toEqual(expected);
  });
});

describe("faults", () => {
  // The journal tells how often an action really ran.
  const ran = async (since: number) => (await journal(`?service=ecs&action=ListClusters&since=${since}`)).length;
  const client = () => new ECSClient(settings(local.url));

  test("the SDK gets over throttling, unavailability and a lost answer", { timeout: 180_000 }, async () => {
    for (const kind of ["throttle", "unavailable", "drop-answer"]) {
      const since = Date.now();
      expect((await faults({ service: "ecs", action: "ListClusters", kind })).status).toBe(201);
      await client().send(new ListClustersCommand({}));
      // Of these only the lost answer was carried out, and then again by the retry.
      expect(await ran(since), kind).toBe(kind === "drop-answer" ? 2 : 1);
    }
  });

  test("count down, can be listed and cleared, and wrong ones are refused", async () => {
    await faults({ service: "ecs", action: "*", times: 2, kind: "throttle" });
    expect(await jsonError(await call("ecs", LIST_CLUSTERS, "{}"))).toEqual([400, "ThrottlingException"]);
    const left = (await (await fetch(`${local.url}/_local/faults`)).json()) as { faults: { times: number }[] };
    expect(left.faults).toMatchObject([{ times: 1 }]);
    const replaced = await fetch(`${local.url}/_local/faults`, {
      method: "PUT",
      body: JSON.stringify([{ service: "ecs", action: "ListServices", kind: "denied" }]),
    });
    expect(await replaced.json()).toEqual({
      faults: [{ service: "ecs", action: "ListServices", kind: "denied", times: 1 }],
    });
    await fetch(`${local.url}/_local/faults`, { method: "DELETE" });
    expect((await call("ecs", LIST_CLUSTERS, "{}")).status).toBe(200);
    for (const bad of [{}, { service: "ecs", action: "*", kind: "explode" }, []])
      expect((await faults(bad)).status).toBe(400);
    expect((await fetch(`${local.url}/_local/nothing`)).status).toBe(404);
  });
});

test("health tells that services have resumed", async () => {
  const health = await fetch(`${local.url}/_local/health`);
  expect([health.status, await health.json()]).toEqual([200, { status: "ready", timeScale: 60 }]);
});
