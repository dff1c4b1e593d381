import { request as httpRequest } from "node:http";
import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { shopDatabase, type TestDatabase } from "./testing/database.ts";
import { startImage, startProgram, type Program } from "./testing/program.ts";

let database: TestDatabase;
const programs: Program[] = [];

beforeAll(async () => {
  database = await shopDatabase();
});
afterEach(async () => {
  await Promise.all(programs.splice(0).map((program) => program.kill()));
});
afterAll(() => database.drop());

function image(repository: string, tag: string, environment: Record<string, string> = {}): Program {
  const program = startImage(repository, tag, { DATABASE_URL: database.url, ...environment });
  programs.push(program);
  return program;
}

/** Nobody listens on port 1. */
const unreachableDatabase = "postgresql://nobody@127.0.0.1:1/nothing";

const status = async (url: string) => (await fetch(url)).status;

const services = ["qkart-backend", "qkart-storefront"] as const;

test.each(services)("%s 1.1.0-crash exits 1 and says why on stderr", async (service) => {
  const program = image(service, "1.1.0-crash");
  expect(await program.ended).toBe(1);
  expect(program.lines.at(-1)).toContain(
    "Error: cannot start 1.1.0-crash: required setting PAYMENT_PROVIDER_URL is missing",
  );
});

test.each(services)("%s 1.1.0-oom exits 137 after a line about the heap", async (service) => {
  const program = image(service, "1.1.0-oom");
  expect(await program.ended).toBe(137);
  expect(program.lines.at(-1)).toContain("JavaScript heap out of memory");
});

test.each(services)("%s 1.1.0-unhealthy serves, but its /health answers 503", async (service) => {
  const url = await image(service, "1.1.0-unhealthy").url;
  expect(await status(`${url}/health`)).toBe(503);
  expect(await status(`${url}/metrics`)).toBe(200);
});

test("1.1.0-errors fails every fifth request with a stack in the log, and stays healthy", async () => {
  const program = image("qkart-backend", "1.1.0-errors");
  const url = await program.url;
  const answers: number[] = [];
  for (let count = 0; count < 20; count += 1) {
    answers.push(await status(`${url}/api/version`));
    expect(await status(`${url}/health`)).toBe(200);
  }
  expect(answers.filter((code) => code === 500)).toHaveLength(4);
  const errors = () =>
    program.lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ level }) => level === "error");
  // Answers and lines come on ways of their own.
  await expect.poll(errors, { timeout: 60_000 }).toHaveLength(4);
  const failures = errors();
  expect(failures[0]).toMatchObject({
    status: 500,
    version: "1.1.0-errors",
    stack: expect.stringMatching(/TypeError.*\n\s+at /),
  });
});

test("1.1.0-slow takes two seconds more for requests, none for its health", async () => {
  const program = image("qkart-backend", "1.1.0-slow");
  const url = await program.url;
  const order: string[] = [];
  await Promise.all([
    status(`${url}/api/version`).then(() => order.push("request")),
    status(`${url}/health`).then(() => order.push("health")),
  ]);
  expect(order).toEqual(["health", "request"]);
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const sum = Number(/qkart_http_request_duration_seconds_sum\{.*\} (.*)/.exec(metrics)?.[1]);
  expect(sum).toBeGreaterThanOrEqual(2);
});

test("1.1.0-flaky turns unhealthy after its first healthy answers", async () => {
  const url = await image("qkart-backend", "1.1.0-flaky", { TIME_SCALE: "20" }).url;
  expect(await status(`${url}/health`)).toBe(200);
  await expect.poll(() => status(`${url}/health`), { timeout: 60_000, interval: 50 }).toBe(503);
});

test("without its database the backend is alive, not ready, and answers 503 without naming its address", async () => {
  const program = image("qkart-backend", "1.1.0", { DATABASE_URL: unreachableDatabase });
  const url = await program.url;
  expect(await status(`${url}/health`)).toBe(200);
  const ready = await fetch(`${url}/ready`);
  expect([ready.status, await ready.json()]).toEqual([
    503,
    { status: "not ready", checks: [{ name: "database", ok: false, detail: expect.stringContaining("ECONNREFUSED") }] },
  ]);
  const products = await fetch(`${url}/api/products`);
  expect(products.status).toBe(503);
  expect(await products.text()).not.toContain("127.0.0.1");
});

test("a backend that lost its connections serves again when the database is back", async () => {
  const url = await image("qkart-backend", "1.1.0").url;
  expect(await status(`${url}/ready`)).toBe(200);
  const admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  const killed = await admin.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'qkart-backend'",
  );
  await admin.end();
  expect(killed.rowCount).toBeGreaterThan(0);
  await expect.poll(() => status(`${url}/api/products`), { timeout: 60_000 }).toBe(200);
  await expect.poll(() => status(`${url}/ready`), { timeout: 60_000 }).toBe(200);
});

test.each(services)("%s ends with 0 on SIGTERM when idle", async (service) => {
  const program = image(service, "1.1.0");
  const url = await program.url;
  // The connection that fetch keeps alive must not hold it.
  expect(await status(`${url}/health`)).toBe(200);
  program.process.kill("SIGTERM");
  expect(await program.ended).toBe(0);
});

test("on SIGTERM a request in flight is answered first", async () => {
  const program = image("qkart-backend", "1.1.0-slow");
  const url = await program.url;
  let sent: () => void = () => undefined;
  const isSent = new Promise<void>((resolve) => (sent = resolve));
  const answered = new Promise<number | undefined>((resolve, reject) => {
    const outgoing = httpRequest(`${url}/api/version`, (answer) =>
      answer.resume().on("end", () => resolve(answer.statusCode)),
    );
    outgoing.on("error", reject).on("finish", () => sent());
    outgoing.end();
  });
  await isSent;
  // A second request that is answered proves that the first, sent before it, has been read.
  expect(await status(`${url}/health`)).toBe(200);
  program.process.kill("SIGTERM");
  expect(await answered).toBe(200);
  expect(await program.ended).toBe(0);
});

test("a port that is taken is one error line and exit 1", async () => {
  const first = image("qkart-storefront", "1.1.0");
  const second = image("qkart-storefront", "1.1.0", { PORT: new URL(await first.url).port });
  expect(await second.ended).toBe(1);
  expect(second.lines).toHaveLength(1);
  expect(second.lines[0]).toContain("EADDRINUSE");
});

test("the migration command reports, undoes and redoes", async () => {
  const migrate = async (...args: string[]) => {
    const program = startProgram("infra/qkart/backend/migrate.ts", { DATABASE_URL: database.url }, args);
    programs.push(program);
    return [await program.ended, program.lines];
  };
  expect(await migrate("status")).toEqual([0, ["applied 0001_shop", "applied 0002_product_search"]]);
  expect(await migrate("down")).toEqual([0, ["down 0002_product_search"]]);
  expect(await migrate("up")).toEqual([0, ["up 0002_product_search"]]);
  expect(await migrate()).toEqual([0, ["nothing to do"]]);
  expect((await migrate("sideways"))[0]).toBe(1);
});
