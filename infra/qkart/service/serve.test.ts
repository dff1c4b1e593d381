import { request as httpRequest, Agent } from "node:http";
import { afterEach, expect, test } from "vitest";
import { jsonReply, Problem, type Route } from "./exchange.ts";
import { createMetrics } from "./metrics.ts";
import { serve, type Listening } from "./serve.ts";

const opened: Listening[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((listening) => listening.close()));
});

async function start(
  routes: Route[],
  version = "1.0.0",
  ready = true,
): Promise<{ url: string; listening: Listening; log: string[] }> {
  const log: string[] = [];
  const listening = await serve(
    {
      identity: { service: "test", version, environment: "test", task: "t", timeScale: 1 },
      log: (level, msg, fields) => void log.push(JSON.stringify({ level, msg, ...fields })),
      metrics: createMetrics({ version }),
      routes,
      checks: async () => [{ name: "database", ok: ready }],
      renderProblem: (problem) => jsonReply(problem.status, { title: problem.message }),
    },
    { host: "127.0.0.1", port: 0 },
  );
  opened.push(listening);
  return { url: `http://127.0.0.1:${listening.port}`, listening, log };
}

const echo: Route = {
  method: "POST",
  path: "/things/{id}",
  handle: async (exchange) => jsonReply(200, { id: exchange.params["id"], body: await exchange.text() }),
};
const boom: Route = {
  method: "GET",
  path: "/boom",
  handle() {
    throw new Error("the reason");
  },
};

test("routes by method and path, with decoded parameters", async () => {
  const { url } = await start([echo]);
  const answer = await fetch(`${url}/things/a%20b`, { method: "POST", body: "hello" });
  expect(await answer.json()).toEqual({ id: "a b", body: "hello" });
  expect((await fetch(`${url}/things/a`)).status).toBe(405);
  expect((await fetch(`${url}/nothing`)).status).toBe(404);
  expect((await fetch(`${url}/things/%E0%A4%A`, { method: "POST" })).status).toBe(400);
});

test("a body above 16 kB is refused and the connection stays usable", async () => {
  const { url } = await start([echo]);
  expect((await fetch(`${url}/things/a`, { method: "POST", body: "x".repeat(20_000) })).status).toBe(413);
  expect((await fetch(`${url}/things/a`, { method: "POST", body: "x".repeat(16_384) })).status).toBe(200);
});

test("a failure is a 500 without its reason, and a log line with reason, stack and request id", async () => {
  const { url, log } = await start([boom]);
  const answer = await fetch(`${url}/boom`, { headers: { "x-request-id": "req-1" } });
  expect(answer.status).toBe(500);
  expect(answer.headers.get("x-request-id")).toBe("req-1");
  expect(await answer.text()).not.toContain("the reason");
  expect(JSON.parse(log[0] ?? "")).toMatchObject({
    level: "error",
    requestId: "req-1",
    route: "/boom",
    status: 500,
    error: "the reason",
    stack: expect.stringContaining("serve.test.ts"),
  });
});

test("a reply that cannot be sent ends its connection, and no other", async () => {
  const unsendable: Route = {
    method: "GET",
    path: "/unsendable",
    handle: async () => ({ status: 200, headers: { "x-name": "a\nb" }, body: "" }),
  };
  const { url, log } = await start([unsendable, echo]);
  await expect(fetch(`${url}/unsendable`)).rejects.toThrow();
  expect(log.at(-1)).toContain("request unanswered");
  expect((await fetch(`${url}/things/a`, { method: "POST", body: "" })).status).toBe(200);
});

test("a request id that could forge a log line is replaced", async () => {
  const { url } = await start([boom]);
  const answer = await fetch(`${url}/boom`, { headers: { "x-request-id": "a b{}" } });
  expect(answer.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
});

test("/health is about the process, /ready about what it needs", async () => {
  const { url } = await start([], "1.2.3", false);
  const health = await fetch(`${url}/health`);
  expect([health.status, await health.json()]).toEqual([200, { status: "ok", service: "test", version: "1.2.3" }]);
  const ready = await fetch(`${url}/ready`);
  expect([ready.status, await ready.json()]).toEqual([
    503,
    { status: "not ready", checks: [{ name: "database", ok: false }] },
  ]);
});

test("/metrics counts requests by route and status in Prometheus' text format", async () => {
  const { url } = await start([boom]);
  await fetch(`${url}/boom`);
  await fetch(`${url}/boom`);
  await fetch(`${url}/health`);
  const answer = await fetch(`${url}/metrics`);
  expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  const text = await answer.text();
  expect(text).toContain('qkart_http_requests_total{version="1.0.0",route="/boom",method="GET",status="500"} 2\n');
  expect(text).toContain('qkart_http_request_duration_seconds_bucket{version="1.0.0",route="/boom",le="+Inf"} 2\n');
  expect(text).not.toContain("/health");
});

test("closing lets a request in flight finish and ends kept-alive connections", async () => {
  let release: () => void = () => undefined;
  let arrived: () => void = () => undefined;
  const hasArrived = new Promise<void>((resolve) => (arrived = resolve));
  const slow: Route = {
    method: "GET",
    path: "/slow",
    async handle() {
      arrived();
      await new Promise<void>((resolve) => (release = resolve));
      return jsonReply(200, "done");
    },
  };
  const { url, listening } = await start([slow]);
  const agent = new Agent({ keepAlive: true });
  const answered = new Promise<{ status: number | undefined; connection: string | undefined }>((resolve, reject) => {
    httpRequest(`${url}/slow`, { agent }, (answer) => {
      answer.resume().on("end", () => resolve({ status: answer.statusCode, connection: answer.headers.connection }));
    })
      .on("error", reject)
      .end();
  });
  await hasArrived;
  const closed = listening.close();
  await expect(fetch(`${url}/health`)).rejects.toThrow("fetch failed");
  release();
  expect(await answered).toEqual({ status: 200, connection: "close" });
  await closed;
  agent.destroy();
});

test("problems keep the status that the route chose", async () => {
  const refuse: Route = {
    method: "GET",
    path: "/",
    handle() {
      throw new Problem(409, "Not now.");
    },
  };
  const { url, log } = await start([refuse]);
  const answer = await fetch(url);
  expect([answer.status, await answer.json()]).toEqual([409, { title: "Not now." }]);
  expect(log.join()).not.toContain('"level":"error"');
});
