import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { runningFaults } from "../faults.ts";
import { jsonReply, Problem, readCookies, readText, type Exchange, type Reply, type Route } from "./exchange.ts";
import type { Identity } from "./identity.ts";
import { errorFields, type Fields, type Log } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import { createRequestLog } from "./request-log.ts";
import { createRouter } from "./router.ts";

export type Check = { name: string; ok: boolean; detail?: string };

export type Service = {
  identity: Identity;
  log: Log;
  metrics: Metrics;
  routes: readonly Route[];
  /** What `/ready` reports; ready when every check is ok. */
  checks(): Promise<Check[]>;
  /** Renders a refused or failed request in the service's own form. */
  renderProblem(problem: Problem, requestId: string): Reply;
};

export type Listening = { port: number; close(): Promise<void> };

const durationBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
/** Longer than a load balancer's own 60 s, so that it never meets a connection that is just closing. */
const keepAliveMs = 65_000;

/** Serves the routes beside `/health`, `/ready` and `/metrics`, until `close`, which lets requests in flight finish. */
export async function serve(service: Service, address: { host: string; port: number }): Promise<Listening> {
  const answer = createAnswer(service);
  let closing = false;
  const server = createServer({ keepAliveTimeout: keepAliveMs, requestTimeout: 15_000 }, (request, response) => {
    answer(request)
      .then((reply) => {
        // A connection that stays open would hold up the end of the process.
        if (closing) response.setHeader("connection", "close");
        send(request, response, reply);
      })
      .catch((error: unknown) => {
        // One request without an answer, instead of a process that ends with all of them.
        service.log("error", "request unanswered", errorFields(error));
        response.destroy();
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(address.port, address.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      closing = true;
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function createAnswer(service: Service): (request: IncomingMessage) => Promise<Reply> {
  const { identity, metrics } = service;
  const faults = runningFaults({
    version: identity.version,
    timeScale: identity.timeScale,
    now: () => performance.now(),
  });
  const findRoute = createRouter(service.routes);
  const writeRequest = createRequestLog(service.log, () => performance.now());
  const requests = metrics.counter("qkart_http_requests_total", "Requests answered, by route and status.");
  const durations = metrics.histogram(
    "qkart_http_request_duration_seconds",
    "Time to answer a request.",
    durationBuckets,
  );

  async function run(
    request: IncomingMessage,
    url: URL,
    requestId: string,
  ): Promise<{ route: string; reply: Reply; error?: Fields }> {
    let route = "unmatched";
    try {
      await faults.beforeRequest();
      const match = findRoute(request.method ?? "GET", url.pathname);
      route = match.route.path;
      const exchange: Exchange = {
        method: request.method ?? "GET",
        path: url.pathname,
        params: match.params,
        query: url.searchParams,
        cookies: readCookies(request.headers.cookie),
        requestId,
        text: () => readText(request),
      };
      return { route, reply: await match.route.handle(exchange) };
    } catch (error) {
      const problem = error instanceof Problem ? error : new Problem(500, "Something failed on our side.");
      return { route, reply: service.renderProblem(problem, requestId), error: errorFields(error) };
    }
  }

  return async (request) => {
    const url = parseUrl(request.url);
    if (url?.pathname === "/health") return health(identity, faults.healthy());
    if (url?.pathname === "/ready") return ready(await service.checks());
    if (url?.pathname === "/metrics") {
      return {
        status: 200,
        headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8" },
        body: metrics.render(),
      };
    }
    const startedAt = performance.now();
    const requestId = requestIdOf(request);
    if (url === undefined) return service.renderProblem(new Problem(400, "The address is not valid."), requestId);
    const { route, reply, error } = await run(request, url, requestId);
    const durationMs = Math.round((performance.now() - startedAt) * 10) / 10;
    requests.add(1, { route, method: request.method ?? "", status: String(reply.status) });
    durations.observe(durationMs / 1_000, { route });
    writeRequest({ requestId, method: request.method ?? "", route, status: reply.status, durationMs }, error);
    return { ...reply, headers: { ...reply.headers, "x-request-id": requestId } };
  };
}

function health(identity: Identity, ok: boolean): Reply {
  return jsonReply(ok ? 200 : 503, {
    status: ok ? "ok" : "failing",
    service: identity.service,
    version: identity.version,
  });
}

function ready(checks: Check[]): Reply {
  const ok = checks.every((check) => check.ok);
  return jsonReply(ok ? 200 : 503, { status: ok ? "ready" : "not ready", checks });
}

function parseUrl(target: string | undefined): URL | undefined {
  return URL.parse(target ?? "/", "http://qkart") ?? undefined;
}

function requestIdOf(request: IncomingMessage): string {
  const given = request.headers["x-request-id"];
  return typeof given === "string" && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
}

function send(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  // An unread body would be taken for the next request on this connection.
  if (!request.complete) request.resume();
  response.writeHead(reply.status, { ...reply.headers, "content-length": Buffer.byteLength(reply.body) });
  response.end(request.method === "HEAD" ? undefined : reply.body);
}
