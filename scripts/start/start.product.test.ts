import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chmodSync, chownSync, mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { migrationStatus } from "#server/db/migrate.ts";
import { startThrowAwayPostgres } from "#server/testing/postgres.ts";
import { openField } from "../drill/field.ts";
import { runningPostmaster } from "../postgres/postmaster-file.ts";
import { isAlive, signal } from "../process/identity.ts";
import type { ProcessIdentity } from "../process/identity.ts";
import { processesWith } from "../process/marked.ts";
import { isPortFree } from "../process/ports.ts";
import { readRunRecord } from "../process/run-record.ts";
import { waitUntil } from "../process/wait.ts";
import { freeProductPorts } from "../test/free-ports.ts";
import type { ProductPorts } from "../test/free-ports.ts";
import { descendants, remaining, TEST_MARK } from "../test/processes.ts";
import type { Seen } from "../test/processes.ts";
import { launchProduct, startProduct } from "../test/product.ts";
import type { Product, ProductOptions } from "../test/product.ts";
import { startCluster } from "../postgres/cluster.ts";
import { stopPostmaster } from "../postgres/stop.ts";

const PATIENCE_MS = 60_000;
const NPM_START: ProductOptions["command"] = ["npm", "start"];
const NOBODY = 65_534;
const mark = randomUUID();
const isRoot = process.getuid?.() === 0;

let dataDir: string;
let ports: ProductPorts;

beforeAll(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), "quarterdeck-product-"));
  ports = await freeProductPorts();
});

afterEach(() => {
  for (const each of processesWith(TEST_MARK, mark)) signal(each, "SIGKILL");
});

afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

function start(options: Partial<ProductOptions> = {}): Promise<Product> {
  const env = { [TEST_MARK]: mark, LOCAL_AWS_TIME_SCALE: "60", ...options.env };
  return startProduct({ dataDir, ports, command: NPM_START, ...options, env });
}

/** npm and all below it, with PostgreSQL and the guardian, which are no longer anybody's children. */
function everythingOf(product: Product): Seen[] {
  return [...descendants(product.child.pid ?? 0)];
}

function find(all: Seen[], part: string): Seen {
  const found = all.find(({ command }) => command.includes(part));
  if (!found) throw new Error(`${part} is not running: ${all.map(({ command }) => command).join("\n")}`);
  return found;
}

async function expectNothingLeft(product: Product, before: Seen[]): Promise<void> {
  const left = () => remaining({ mark, dataDir: product.dataDir, before });
  await waitUntil(() => left().length === 0, PATIENCE_MS);
  expect(left()).toEqual([]);
  const first = Number(product.ports.LOCAL_LB_PORT);
  const named = [Number(product.ports.PORT), Number(product.ports.LOCAL_AWS_PORT), first, first + 1, first + 2];
  for (const port of named) expect(await isPortFree(port), `port ${port} is free`).toBe(true);
}

function groupOf(product: Product, name: string): ProcessIdentity | undefined {
  return readRunRecord(path.join(product.dataDir, "run", "processes.json"))?.groups[name];
}

function postgresOf(product: Product): ProcessIdentity | undefined {
  return runningPostmaster(path.join(product.dataDir, "postgres", "data"))?.identity;
}

async function withDatabase<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const options = { folder: path.join(dataDir, "postgres"), logFile: path.join(dataDir, "logs", "postgres.log"), durable: true };
  const cluster = await startCluster(options);
  const client = new pg.Client({ connectionString: cluster.url("quarterdeck") });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
    if (!cluster.adopted) await stopPostmaster(cluster.identity);
  }
}

/** A page that follows live events, which alone keeps Next's server from ending; resolves once the stream is open. */
async function openLivePage(product: Product): Promise<void> {
  const field = await openField(product, product.dataDir);
  const answer = await fetch(`${product.url}/api/events`, { headers: { authorization: `Bearer ${field.token}` } });
  expect(answer.status).toBe(200);
  void answer.body?.pipeTo(new WritableStream()).catch(() => {});
  await field.close();
}

describe.runIf(process.platform === "linux")("the product", () => {
  test("refuses a bad setting and a taken port with one line", async () => {
    const bad = await launchProduct({ dataDir, ports, command: NPM_START, env: { PORT: "many" } });
    expect(await bad.exited).toBe(1);
    expect(bad.output()).toMatch(/Bad configuration\. PORT: /);
    const twice = await launchProduct({ dataDir, ports, command: NPM_START, env: { LOCAL_AWS_PORT: ports.PORT } });
    expect(await twice.exited).toBe(1);
    expect(twice.output()).toMatch(new RegExp(`PORT and LOCAL_AWS_PORT both ask for port ${ports.PORT}`));
  });

  test("comes up in an empty folder, mends what is killed, and a second start is refused", async () => {
    const product = await start();
    expect((await fetch(`${product.url}/health`)).status).toBe(200);
    const second = await launchProduct({ dataDir, ports, command: NPM_START });
    expect(await second.exited).toBe(1);
    expect(second.output()).toMatch(/Quarterdeck already runs here \(process \d+\): http/);

    for (const name of ["worker", "local-aws", "web"]) {
      const killed = groupOf(product, name);
      process.kill(killed?.pid ?? 0, "SIGKILL");
      const isBack = () => {
        const now = groupOf(product, name);
        return now !== undefined && now.pid !== killed?.pid && isAlive(now);
      };
      expect(await waitUntil(isBack, PATIENCE_MS), `${name} comes back`).toBe(true);
    }

    const postgres = postgresOf(product);
    process.kill(postgres?.pid ?? 0, "SIGKILL");
    expect(await waitUntil(() => (postgresOf(product)?.pid ?? postgres?.pid) !== postgres?.pid, PATIENCE_MS)).toBe(true);
    await withDatabase((client) => client.query("SELECT FROM environments"));

    const before = everythingOf(product);
    process.kill(-(product.child.pid ?? 0), "SIGINT");
    expect(await product.exited).toBe(0);
    expect(product.output()).toMatch(/Stopped\. Your data is kept\./);
    await expectNothingLeft(product, before);
  });

  test.each(["npm", "scripts/start.mjs", "supervisor.ts"].flatMap((victim) => ["SIGINT", "SIGTERM", "SIGKILL"].map((name) => [name, victim])))(
    "%s of %s leaves no process and no port, and keeps the data",
    async (name = "", victim = "") => {
      const product = await start();
      const before = everythingOf(product);
      const table = `kept_${randomUUID().slice(0, 8)}`;
      await withDatabase((client) => client.query(`CREATE TABLE ${table} ()`));
      await openLivePage(product);
      const unfinished = connect(Number(ports.PORT), "127.0.0.1");
      unfinished.on("error", () => {});
      unfinished.write("POST /api/v1/releases HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n");
      const pid = victim === "npm" ? (product.child.pid ?? 0) : find(before, victim).pid;
      process.kill(pid, name);
      await product.exited;
      await expectNothingLeft(product, before);
      unfinished.destroy();
      await withDatabase((client) => client.query(`SELECT FROM ${table}`));
    },
  );

  test.each(["PostgreSQL", "the web server, which a live page holds,"])("stops cleanly when %s was killed a moment before", async (victim) => {
    const product = await start();
    await openLivePage(product);
    const before = everythingOf(product);
    const killed = victim === "PostgreSQL" ? postgresOf(product) : groupOf(product, "web");
    process.kill(killed?.pid ?? 0, "SIGKILL");
    process.kill(product.child.pid ?? 0, "SIGTERM");
    await product.exited;
    await expectNothingLeft(product, before);
    await withDatabase((client) => client.query("SELECT FROM environments"));
  });

  test("cleans up after supervisor and guardian were killed at once", async () => {
    const product = await start();
    const before = everythingOf(product);
    const postgres = postgresOf(product);
    for (const part of ["guardian.ts", "supervisor.ts"]) process.kill(find(before, part).pid, "SIGKILL");
    await product.exited;
    expect(postgres && isAlive(postgres)).toBe(true);
    const again = await start();
    await again.stop();
    await expectNothingLeft(again, before);
  });

  test("a start that is killed half way is finished by the next one", async () => {
    const fresh = mkdtempSync(path.join(tmpdir(), "quarterdeck-product-"));
    const env = { [TEST_MARK]: mark };
    for (const part of ["bin/initdb", "bin/postgres", "migrate.ts", "local-aws/main.ts", "prisma/seed", "quarterdeck-worker"]) {
      const half = await launchProduct({ dataDir: fresh, ports, command: NPM_START, env });
      const reached = () => descendants(half.child.pid ?? 0).some(({ command }) => command.includes(part));
      expect(await waitUntil(reached, PATIENCE_MS), `${part} is running`).toBe(true);
      const before = descendants(half.child.pid ?? 0);
      process.kill(find(before, "supervisor.ts").pid, "SIGKILL");
      await half.exited;
      await expectNothingLeft({ ...half, password: "" }, before);
    }
    const whole = await start({ dataDir: fresh });
    const before = everythingOf(whole);
    await whole.stop();
    await expectNothingLeft(whole, before);
    rmSync(fresh, { recursive: true });
  });

  test("uses the database of DATABASE_URL and leaves it running; one that is not there is one line", async () => {
    const other = mkdtempSync(path.join(tmpdir(), "quarterdeck-product-"));
    const nowhere = `postgresql://nobody@127.0.0.1:${ports.PORT}/quarterdeck`;
    const refused = await launchProduct({ dataDir: other, ports, command: NPM_START, env: { DATABASE_URL: nowhere } });
    expect(await refused.exited).toBe(1);
    expect(refused.output()).toMatch(/The database of DATABASE_URL cannot be used: connect ECONNREFUSED/);

    const postgres = await startThrowAwayPostgres();
    const product = await start({ dataDir: other, env: { DATABASE_URL: postgres.url("postgres") } });
    const before = everythingOf(product);
    expect(before.filter(({ command }) => command.includes("bin/postgres"))).toEqual([]);
    expect((await fetch(`${product.url}/health`)).status).toBe(200);
    await product.stop();
    await expectNothingLeft(product, before);
    expect((await migrationStatus(postgres.url("postgres"))).every(({ state }) => state === "applied")).toBe(true);
    await postgres.stop();
    rmSync(other, { recursive: true });
  });

  test.runIf(isRoot)("runs for an ordinary user, in a home that nobody else can enter", async () => {
    const home = mkdtempSync(path.join(tmpdir(), "quarterdeck-home-"));
    chmodSync(home, 0o700);
    chownSync(home, NOBODY, NOBODY);
    const asNobody = ["setpriv", `--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups"] as const;
    const dataDir = path.join(home, "data");
    execFileSync(asNobody[0], [...asNobody.slice(1), "mkdir", dataDir]);
    const options = { dataDir, command: [...asNobody, ...NPM_START] as ProductOptions["command"], env: { HOME: home } };
    for (const name of ["SIGTERM", "SIGKILL"] as const) {
      const product = await start(options);
      const before = everythingOf(product);
      process.kill(product.child.pid ?? 0, name);
      await product.exited;
      await expectNothingLeft(product, before);
    }
    rmSync(home, { recursive: true });
  });
});
