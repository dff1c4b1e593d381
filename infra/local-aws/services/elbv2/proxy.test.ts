import { createServer, request as send } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { connect, createServer as createRawServer } from "node:net";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createClock } from "../../clock.ts";
import { listen } from "../../loopback.ts";
import type { Listening } from "../../loopback.ts";
import { until } from "../../test/local.ts";
import { createPool } from "./pool.ts";
import type { Pool } from "./pool.ts";
import { emptyState, loadBalancersUsing } from "./state.ts";
import type { ElbState, TargetGroupRecord } from "./state.ts";
import { createTraffic } from "./traffic.ts";
import type { Observed } from "./traffic.ts";
import { DEFAULT_HEALTH_CHECK } from "./validate.ts";

const BALANCER = "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/shop/1";
const LISTENER = BALANCER.replace("loadbalancer", "listener") + "/2";
const groupArn = (name: string) => `arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/${name}/3`;

let state: ElbState;
let pool: Pool;
let front: Listening;
let observed: Observed[];
let ends: (() => Promise<void> | void)[];

beforeEach(async () => {
  state = emptyState();
  state.loadBalancers[BALANCER] = {
    arn: BALANCER,
    name: "shop",
    scheme: "internal",
    subnets: [],
    securityGroups: [],
    vpcId: "",
    createdAt: 0,
    attributes: {},
  };
  state.listeners[LISTENER] = { arn: LISTENER, loadBalancerArn: BALANCER, port: 80, protocol: "HTTP" };
  observed = [];
  const clock = createClock(1000);
  pool = createPool(clock, {
    find: (arn) => state.targetGroups[arn],
    inUse: (arn) => loadBalancersUsing(state, arn).length > 0,
  });
  const traffic = createTraffic({ state, pool, observe: (one) => observed.push(one), random: Math.random });
  const listener = state.listeners[LISTENER];
  front = await listen("127.0.0.1", 0, (request, response) => traffic.handle(listener, request, response));
  ends = [() => traffic.close(), () => pool.close(), () => front.close()];
});
afterEach(async () => {
  for (const end of ends.reverse()) await end();
});

function addGroup(name: string, healthCheck = DEFAULT_HEALTH_CHECK): TargetGroupRecord {
  const attributes = { "deregistration_delay.timeout_seconds": "30" };
  const record: TargetGroupRecord = {
    arn: groupArn(name),
    name,
    protocol: "HTTP",
    protocolVersion: "HTTP1",
    port: 80,
    vpcId: "",
    targetType: "ip",
    healthCheck,
    attributes,
  };
  state.targetGroups[record.arn] = record;
  return record;
}

function forwardTo(weights: Record<string, number>): void {
  const targetGroups = Object.entries(weights).map(([name, weight]) => ({ targetGroupArn: groupArn(name), weight }));
  state.rules["rule"] = {
    arn: "rule",
    listenerArn: LISTENER,
    priority: "default",
    conditions: [],
    action: { type: "forward", targetGroups },
  };
  pool.usageChanged();
}

/** A real server; answers 200 with its name unless told otherwise. */
async function target(
  name: string,
  handle?: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<number> {
  const server = createServer(handle ?? ((_request, response) => void response.end(name)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ends.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const stateOf = (name: string, id: string) => pool.members(groupArn(name)).find((one) => one.id === id)?.health;

async function addHealthy(name: string, id: string, port: number): Promise<void> {
  pool.register(groupArn(name), { id, host: "127.0.0.1", port });
  await until(
    () => stateOf(name, id)?.state,
    (found) => found === "healthy",
  );
}

const get = (path = "/") => fetch(`http://127.0.0.1:${front.port}${path}`);
const textOf = async (path = "/") => (await get(path)).text();

describe("which target answers", () => {
  test("groups share the traffic by weight", { timeout: 60_000 }, async () => {
    for (const name of ["blue", "green"]) addGroup(name);
    forwardTo({ blue: 80, green: 20 });
    await addHealthy("blue", "b", await target("blue"));
    await addHealthy("green", "g", await target("green"));
    const requests = 500;
    let green = 0;
    for (let batch = 0; batch < requests / 50; batch++) {
      const names = await Promise.all(Array.from({ length: 50 }, () => textOf()));
      green += names.filter((name) => name === "green").length;
    }
    // 6 standard deviations of a binomial with p = 0.2: would fail once in 500 million runs.
    const deviation = Math.sqrt(requests * 0.2 * 0.8);
    expect(Math.abs(green - requests * 0.2)).toBeLessThan(6 * deviation);
  });

  test("targets of a group take turns", async () => {
    addGroup("blue");
    forwardTo({ blue: 1 });
    for (const id of ["1", "2", "3"]) await addHealthy("blue", id, await target(id));
    const names: string[] = [];
    for (let i = 0; i < 9; i++) names.push(await textOf());
    expect(names.sort().join("")).toBe("111222333");
  });

  test("an unhealthy target is passed over, and all take traffic when none is healthy", async () => {
    const record = addGroup("blue", { ...DEFAULT_HEALTH_CHECK, path: "/health" });
    forwardTo({ blue: 1 });
    let healthy = true;
    const sick = await target("sick", (request, response) => {
      response.statusCode = request.url === "/health" && !healthy ? 503 : 200;
      response.end("sick");
    });
    await addHealthy("blue", "sick", sick);
    await addHealthy("blue", "well", await target("well"));
    healthy = false;
    await until(
      () => stateOf("blue", "sick"),
      // A check that this process was too busy to answer in time has another reason, until the next one.
      (found) => found?.state === "unhealthy" && found.reason === "Target.ResponseCodeMismatch",
    );
    expect(stateOf("blue", "sick")).toMatchObject({ description: "Health checks failed with these codes: [503]" });
    expect(new Set([await textOf(), await textOf(), await textOf()])).toEqual(new Set(["well"]));

    record.healthCheck = { ...record.healthCheck, matcher: "404" };
    await until(
      () => stateOf("blue", "well"),
      (found) => found?.state === "unhealthy",
    );
    expect(new Set([await textOf(), await textOf()])).toEqual(new Set(["sick", "well"]));
  });

  test("a draining target takes no new request, ends the one it has, and then is gone", async () => {
    addGroup("blue");
    forwardTo({ blue: 1 });
    let release = () => {};
    const slow = await target("slow", (request, response) => {
      if (request.url !== "/slow") return void response.end("slow");
      release = () => response.end("at last");
    });
    await addHealthy("blue", "slow", slow);
    const inFlight = textOf("/slow");
    await until(
      () => release.toString(),
      (text) => text.includes("at last"),
    );
    await addHealthy("blue", "other", await target("other"));
    const drained = new Promise<void>((resolve) => pool.deregister(groupArn("blue"), "slow", resolve));
    expect(stateOf("blue", "slow")).toMatchObject({ state: "draining", reason: "Target.DeregistrationInProgress" });
    expect(new Set([await textOf(), await textOf(), await textOf()])).toEqual(new Set(["other"]));
    release();
    expect(await inFlight).toBe("at last");
    await drained;
    expect(stateOf("blue", "slow")).toBeUndefined();
  });
});

describe("what the load balancer answers itself", () => {
  test("503 without a target", async () => {
    addGroup("blue");
    forwardTo({ blue: 1 });
    const answer = await get();
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain("503 Service Temporarily Unavailable");
    expect(observed.map((one) => one.outcome)).toEqual([{ kind: "balancer", status: 503 }]);
  });

  test("502 when the connection is refused, and when it is reset before an answer", async () => {
    addGroup("blue");
    forwardTo({ blue: 1 });
    const port = await target("rude", (request) => request.socket.destroy());
    pool.register(groupArn("blue"), { id: "rude", host: "127.0.0.1", port });
    expect((await get()).status).toBe(502);
    pool.drop(groupArn("blue"));
    // Port 1 needs no server to refuse.
    pool.register(groupArn("blue"), { id: "gone", host: "127.0.0.1", port: 1 });
    expect((await get()).status).toBe(502);
    await until(
      () => stateOf("blue", "gone"),
      (found) => found?.state === "unhealthy",
    );
    expect(stateOf("blue", "gone")?.reason).toBe("Target.FailedHealthChecks");
  });

  test("502 to an answer that cannot be passed on", async () => {
    addGroup("blue");
    forwardTo({ blue: 1 });
    const odd = createRawServer((socket) => {
      socket.on("error", () => undefined);
      socket.on("data", () => socket.end("HTTP/1.1 200 O\u0001K\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"));
    });
    await new Promise<void>((resolve) => odd.listen(0, "127.0.0.1", resolve));
    ends.push(() => void odd.close());
    pool.register(groupArn("blue"), { id: "odd", host: "127.0.0.1", port: (odd.address() as AddressInfo).port });
    expect((await get()).status).toBe(502);
  });

  test("504 when the target says nothing for the idle timeout", async () => {
    addGroup("blue");
    forwardTo({ blue: 1 });
    const record = state.loadBalancers[BALANCER];
    if (record) record.attributes["idle_timeout.timeout_seconds"] = "0.05";
    const mute = await target("mute", (request, response) => void (request.url === "/" ? response.end() : undefined));
    await addHealthy("blue", "mute", mute);
    const answer = await get("/never");
    expect(answer.status).toBe(504);
    expect(observed.at(-1)?.outcome).toEqual({ kind: "balancer", status: 504 });
  });

  test("a fixed response", async () => {
    const action = { type: "fixed-response", status: "410", contentType: "text/plain", body: "closed" } as const;
    state.rules["rule"] = { arn: "rule", listenerArn: LISTENER, priority: "default", conditions: [], action };
    const answer = await get();
    expect([answer.status, await answer.text()]).toEqual([410, "closed"]);
  });
});

describe("what passes through", () => {
  test("method, path, host, body and headers reach the target, hop-by-hop headers do not", async () => {
    addGroup("blue");
    forwardTo({ blue: 1 });
    const port = await target("echo", (request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        response.writeHead(201, {
          "set-cookie": ["a=1", "b=2"],
          "x-shop": "yes",
          connection: "x-secret",
          "x-secret": "1",
        });
        response.end(JSON.stringify({ method: request.method, url: request.url, headers: request.headers, body }));
      });
    });
    pool.register(groupArn("blue"), { id: "echo", host: "127.0.0.1", port });
    const [status, headers, body] = await new Promise<[number | undefined, IncomingMessage["headers"], string]>(
      (resolve, reject) => {
        const options = {
          port: front.port,
          method: "PUT",
          path: "/a%20b?c=%2F",
          headers: {
            host: "shop.example:80",
            "x-custom": "1",
            connection: "close, x-mine",
            "x-mine": "1",
            "x-forwarded-for": "9.9.9.9",
          },
        };
        const sent = send(options, (response) => {
          let text = "";
          response.on("data", (chunk: Buffer) => (text += chunk.toString()));
          response.on("end", () => resolve([response.statusCode, response.headers, text]));
        });
        sent.on("error", reject);
        sent.write("in two ");
        sent.end("chunks");
      },
    );
    expect(status).toBe(201);
    expect(headers["set-cookie"]).toEqual(["a=1", "b=2"]);
    expect(headers["x-shop"]).toBe("yes");
    expect(headers["x-secret"]).toBeUndefined();
    const echoed = JSON.parse(body) as { headers: Record<string, string> };
    expect(echoed).toMatchObject({ method: "PUT", url: "/a%20b?c=%2F", body: "in two chunks" });
    expect(echoed.headers).toMatchObject({
      host: "shop.example:80",
      "x-custom": "1",
      "x-forwarded-for": "9.9.9.9, 127.0.0.1",
      "x-forwarded-proto": "http",
      "x-forwarded-port": "80",
    });
    expect(echoed.headers["x-amzn-trace-id"]).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/);
    expect(echoed.headers["x-mine"]).toBeUndefined();
  });

  test("an answer streams: its first part arrives before its last is written", async () => {
    addGroup("blue");
    forwardTo({ blue: 1 });
    let finish = () => {};
    const port = await target("stream", (_request, response) => {
      response.write("first");
      finish = () => response.end("last");
    });
    pool.register(groupArn("blue"), { id: "stream", host: "127.0.0.1", port });
    const reader = (await get()).body?.getReader();
    const first = await reader?.read();
    expect(Buffer.from(first?.value ?? []).toString()).toBe("first");
    finish();
    const last = await reader?.read();
    expect(Buffer.from(last?.value ?? []).toString()).toBe("last");
  });

  test("a client that goes away ends the request to the target", async () => {
    addGroup("blue");
    forwardTo({ blue: 1 });
    let arrived = false;
    const ended = new Promise<void>((resolve) => {
      void target("waiting", (request, response) => {
        if (request.url !== "/wait") return void response.end();
        arrived = true;
        response.on("close", resolve);
      }).then((port) => pool.register(groupArn("blue"), { id: "waiting", host: "127.0.0.1", port }));
    });
    await until(
      () => stateOf("blue", "waiting")?.state,
      (found) => found === "healthy",
    );
    const client = connect(front.port, "127.0.0.1");
    client.write("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n");
    await until(() => arrived, Boolean);
    client.destroy();
    await ended;
    await until(
      () => observed.at(-1)?.outcome.kind,
      (kind) => kind === "abandoned",
    );
  });
});
