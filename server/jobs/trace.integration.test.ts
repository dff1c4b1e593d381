import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createApi } from "../api/handler.ts";
import { startTelemetry, type Telemetry } from "../core/telemetry.ts";
import { bearerOf } from "../testing/api-caller.ts";
import { freePort } from "../testing/free-port.ts";
import { localStage } from "../testing/local-aws/stage.ts";
import { startOtlpReceiver, type ReceivedSpan } from "../testing/otlp-receiver.ts";
import { until } from "../testing/until.ts";
import { migrateJobQueue } from "./migrate-queue.ts";
import { enqueue } from "./queue.ts";

/** A worker process of its own on real local AWS, and the API in this process: both send traces to one collector. */
const stage = localStage(60);
let receiver: Awaited<ReturnType<typeof startOtlpReceiver>>;
let telemetry: Telemetry;
let worker: ChildProcess;
let metricsPort: number;
let post: (path: string, body: object) => Promise<Response>;

beforeAll(async () => {
  receiver = await startOtlpReceiver();
  telemetry = startTelemetry(receiver.url, "quarterdeck-web");
  await migrateJobQueue(stage.url);
  metricsPort = await freePort();
  worker = spawn(process.execPath, [fileURLToPath(new URL("main.ts", import.meta.url))], {
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "test",
      LOG_LEVEL: "error",
      DATABASE_URL: stage.url,
      AUDIT_KEY: "k".repeat(43),
      QUARTERDECK_AWS: "local",
      LOCAL_AWS_TIME_SCALE: "60",
      AWS_ENDPOINT_URL: stage.aws.url,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "local",
      AWS_SECRET_ACCESS_KEY: "local",
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      WORKER_METRICS_PORT: String(metricsPort),
    },
  });
  const authorization = await bearerOf(stage.db, "admin");
  const api = createApi({ db: () => stage.db, ports: () => stage.ports });
  post = (path, body) =>
    api(
      new Request(`http://deck.example/api/v1${path}`, {
        method: "POST",
        headers: { authorization, "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
    );
});
afterAll(async () => {
  worker.kill("SIGKILL");
  await telemetry.stop();
  await receiver.close();
});

/** The call of UpdateService and upwards, as each span says which one it was part of. */
function chainOf(spans: ReceivedSpan[]): ReceivedSpan[] {
  const above: ReceivedSpan[] = [];
  let span = spans.find(({ name }) => name === "ECS.UpdateService");
  for (; span; span = spans.find(({ spanId }) => spanId === span?.parentSpanId)) above.push(span);
  return above;
}

test("one trace leads from a request over the job and the step to the calls of AWS", async () => {
  const { service, environment } = await stage.scene({ name: "traced" });
  const response = await post("/deployments", {
    service: service.slug,
    environment: environment.slug,
    version: "1.1.0",
    reason: "Traced",
  });
  expect(response.status).toBe(201);
  const { id } = (await response.json()) as { id: string };
  // A worker that starts, and each minute after, takes up what is under way: that is no new story.
  await enqueue(stage.db, "deployments:heal", {});
  await until(
    () => stage.read(id),
    ({ status }) => status === "succeeded",
  );
  // Two processes send, each what has ended by then: a span often arrives before the one that it is part of.
  const seen = await until(
    async () => receiver.spans,
    (spans) => chainOf(spans).at(-1)?.name === "POST /api/v1",
  );

  const update = seen.find(({ name }) => name === "ECS.UpdateService");
  const request = seen.find(({ name }) => name === "POST /api/v1");
  expect(update).toMatchObject({ process: "quarterdeck-worker", traceId: request?.traceId });
  expect(request).toMatchObject({
    process: "quarterdeck-web",
    attributes: { "quarterdeck.operation": "deployments.create" },
  });
  expect(update?.attributes).toMatchObject({
    "rpc.service": "ECS",
    "rpc.method": "UpdateService",
    "aws.attempt": 1,
    "aws.throttled": false,
  });
  const above = chainOf(seen).map(({ name }) => name);
  expect(above.slice(0, 2)).toEqual(["ECS.UpdateService", "step rollout"]);
  expect(above).toEqual(expect.arrayContaining(["job deployment:advance", "command createDeployment", "POST /api/v1"]));
});

test("a refusal names its trace beside the request", async () => {
  const response = await post("/deployments", { service: "nobody", environment: stage.environment.slug, reason: "x" });
  const body = (await response.json()) as { requestId: string; traceId: string };
  await until(
    async () => receiver.spans,
    (spans) => spans.some(({ traceId }) => traceId === body.traceId),
  );
  expect(body).toMatchObject({
    requestId: expect.stringMatching(/^req_/),
    traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
  });
});

test("the worker says how late it was, how it called AWS, and writes its calls down before it ends", async () => {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  expect(text).toMatch(/quarterdeck_job_lag_seconds_count\{job="deployment:advance"\} [1-9]/);
  expect(text).toMatch(/quarterdeck_aws_calls_total\{service="ECS",operation="UpdateService",outcome="done"\} 1/);
  expect(text).toContain("# TYPE quarterdeck_queue_age_seconds gauge");
  worker.kill("SIGTERM");
  await once(worker, "exit");
  const rows = await stage.db.awsUsage.findMany({ where: { operation: "UpdateService" } });
  expect(rows).toMatchObject([
    { service: "ECS", region: "us-east-1", accountId: "000000000000", calls: 1n, throttled: 0n, failed: 0n },
  ]);
});
