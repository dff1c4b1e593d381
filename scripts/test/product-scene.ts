import { mkdtempSync, rmSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { openField } from "../drill/field.ts";
import { startCluster } from "../postgres/cluster.ts";
import { runningPostmaster } from "../postgres/postmaster-file.ts";
import { stopPostmaster } from "../postgres/stop.ts";
import { isAlive, signal, type ProcessIdentity } from "../process/identity.ts";
import { processesWith } from "../process/marked.ts";
import { isPortFree } from "../process/ports.ts";
import { readRunRecord } from "../process/run-record.ts";
import { waitUntil } from "../process/wait.ts";
import { freeProductPorts, type ProductPorts } from "./free-ports.ts";
import { descendants, remaining, TEST_MARK, type Seen } from "./processes.ts";
import { launchProduct, startProduct, type Product, type ProductOptions } from "./product.ts";

export const PATIENCE_MS = 60_000;
export const NPM_START: ProductOptions["command"] = ["npm", "start"];

/** npm and all below it, with PostgreSQL and the guardian, which are no longer anybody's children. */
export function everythingOf(product: Pick<Product, "child">): Seen[] {
  return [...descendants(product.child.pid ?? 0)];
}

export function find(all: Seen[], part: string): Seen {
  const found = all.find(({ command }) => command.includes(part));
  if (!found) throw new Error(`${part} is not running: ${all.map(({ command }) => command).join("\n")}`);
  return found;
}

type Part = "PostgreSQL" | "web" | "worker" | "local-aws";

function partOf({ dataDir }: Product, part: Part): ProcessIdentity | undefined {
  return part === "PostgreSQL"
    ? runningPostmaster(path.join(dataDir, "postgres", "data"))?.identity
    : readRunRecord(path.join(dataDir, "run", "processes.json"))?.groups[part];
}

export const postgresOf = (product: Product) => partOf(product, "PostgreSQL");

export function kill(product: Product, part: Part, name: NodeJS.Signals): void {
  const running = partOf(product, part);
  if (!running) throw new Error(`${part} is not running.`);
  process.kill(running.pid, name);
}

/** Ends a part of the product from outside, and waits until another has taken its place and the portal is ready again. */
export async function expectMended(product: Product, part: Part, name: NodeJS.Signals): Promise<void> {
  const killed = partOf(product, part);
  kill(product, part, name);
  const isBack = () => {
    const now = partOf(product, part);
    return now !== undefined && now.pid !== killed?.pid && isAlive(now);
  };
  expect(await waitUntil(isBack, PATIENCE_MS), `${part} comes back after ${name}`).toBe(true);
  const isReady = async () => (await fetch(`${product.url}/ready`).catch(() => undefined))?.status === 200;
  expect(await waitUntil(isReady, PATIENCE_MS), `the portal is ready after ${name} of ${part}`).toBe(true);
}

/** A page that follows live events, which alone keeps Next's server from ending; resolves once the stream is open. */
export async function openLivePage(product: Product, token: string): Promise<void> {
  const answer = await fetch(`${product.url}/api/events`, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(200);
  void answer.body?.pipeTo(new WritableStream()).catch(() => {});
}

const tokens = new Map<string, string>();

/** A token of an admin of this product; it outlives the product, as all data does. */
export async function tokenOf(product: Product): Promise<string> {
  const known = tokens.get(product.dataDir);
  if (known) return known;
  const field = await openField(product, product.dataDir);
  await field.close();
  tokens.set(product.dataDir, field.token);
  return field.token;
}

/** The data folder, ports and mark of one file of tests that start the product; nothing of it is left behind. */
export function productScene() {
  const mark = randomUUID();
  const env = { [TEST_MARK]: mark, LOCAL_AWS_TIME_SCALE: "60" };
  let open: { dataDir: string; ports: ProductPorts } | undefined;
  const opened = () => {
    if (!open) throw new Error("The scene is opened in beforeAll.");
    return open;
  };
  beforeAll(async () => {
    open = { dataDir: mkdtempSync(path.join(tmpdir(), "quarterdeck-product-")), ports: await freeProductPorts() };
  });
  afterEach(() => {
    for (const each of processesWith(TEST_MARK, mark)) signal(each, "SIGKILL");
  });
  afterAll(() => rmSync(opened().dataDir, { recursive: true, force: true }));

  return {
    get ports() {
      return opened().ports;
    },
    start(options: Partial<ProductOptions> = {}): Promise<Product> {
      return startProduct({ ...opened(), command: NPM_START, ...options, env: { ...env, ...options.env } });
    },
    /** Starts it without waiting for it. */
    launch: (options: Partial<ProductOptions> = {}) =>
      launchProduct({ ...opened(), command: NPM_START, ...options, env: { ...env, ...options.env } }),
    async expectNothingLeft({ dataDir, ports }: Pick<Product, "dataDir" | "ports">, before: Seen[]): Promise<void> {
      const left = () => remaining({ mark, dataDir, before });
      await waitUntil(() => left().length === 0, PATIENCE_MS);
      expect(left()).toEqual([]);
      const first = Number(ports.LOCAL_LB_PORT);
      const named = [Number(ports.PORT), Number(ports.LOCAL_AWS_PORT), first, first + 1, first + 2];
      for (const port of named) expect(await isPortFree(port), `port ${port} is free`).toBe(true);
    },
    /** The embedded database, started for the time when it does not run. */
    async withDatabase<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
      const { dataDir } = opened();
      const options = {
        folder: path.join(dataDir, "postgres"),
        logFile: path.join(dataDir, "logs", "postgres.log"),
        durable: true,
      };
      const cluster = await startCluster(options);
      const client = new pg.Client({ connectionString: cluster.url("quarterdeck") });
      await client.connect();
      try {
        return await work(client);
      } finally {
        await client.end();
        if (!cluster.adopted) await stopPostmaster(cluster.identity);
      }
    },
  };
}
