import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { startProgram, type Program } from "../testing/program.ts";

const programs: Program[] = [];
afterEach(async () => {
  await Promise.all(programs.splice(0).map((program) => program.kill()));
});

function shopper(environment: Record<string, string>): Program {
  const program = startProgram("infra/qkart/shopper/main.ts", environment);
  programs.push(program);
  return program;
}

/** A shop that counts requests and those in flight; `answer` decides when, and whether, it answers. */
async function startShop(answer: (count: number) => number | "hang up" | "never") {
  const seen = { requests: 0, inFlight: 0, mostInFlight: 0, sockets: 0 };
  const server = createServer((request, response) => {
    seen.requests += 1;
    seen.inFlight += 1;
    seen.mostInFlight = Math.max(seen.mostInFlight, seen.inFlight);
    response.once("close", () => (seen.inFlight -= 1));
    const outcome = answer(seen.requests);
    if (outcome === "hang up") request.socket.destroy();
    else if (outcome !== "never") response.writeHead(outcome).end("x");
  });
  server.on("connection", () => (seen.sockets += 1));
  // However long a busy machine lets a connection lie idle, it is the shopper's to close.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, stop };
}

test("visits every target over kept-alive connections, through errors, hang-ups and a target that is down", async () => {
  const shop = await startShop((count) => (count % 3 === 0 ? 500 : count % 10 === 0 ? "hang up" : 200));
  const steady = await startShop(() => 200);
  const program = shopper({ SHOPPER_TARGETS: `http://127.0.0.1:9,${shop.url},${steady.url}`, SHOPPER_RATE: "100" });
  await expect.poll(() => Math.min(shop.seen.requests, steady.seen.requests), { timeout: 60_000 }).toBeGreaterThan(100);
  expect(steady.seen.sockets).toBeLessThan(20);
  expect(program.lines).toEqual([]);
  program.process.kill("SIGTERM");
  expect(await program.ended).toBe(0);
  shop.stop();
  steady.stop();
});

test("at most 16 requests wait for a shop that does not answer", async () => {
  const shop = await startShop(() => "never");
  shopper({ SHOPPER_TARGETS: shop.url, SHOPPER_RATE: "100" });
  await expect.poll(() => shop.seen.inFlight, { timeout: 60_000 }).toBe(16);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(shop.seen.mostInFlight).toBe(16);
  shop.stop();
});

test("ends with its parent when told to watch its standard input", async () => {
  const program = shopper({ SHOPPER_TARGETS: "http://127.0.0.1:9", QUARTERDECK_PARENT_PIPE: "1" });
  program.process.stdin?.end();
  expect(await program.ended).toBe(0);
});

test.each([
  ["no targets", {}],
  ["a target that is no URL", { SHOPPER_TARGETS: "shop" }],
  ["a rate of nothing", { SHOPPER_TARGETS: "http://127.0.0.1:9", SHOPPER_RATE: "0" }],
])("refuses %s with one line", async (_, environment) => {
  const program = shopper(environment);
  expect([await program.ended, program.lines.length]).toEqual([1, 1]);
});
