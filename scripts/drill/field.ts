import { execFile, type ChildProcess } from "node:child_process";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { ECRClient } from "@aws-sdk/client-ecr";
import { ECSClient } from "@aws-sdk/client-ecs";
import { createApiClient, httpLink } from "#components/lib/api-client.ts";
import type { ApiClient } from "#components/lib/api-client.ts";
import { runningPostmaster } from "../postgres/postmaster-file.ts";
import { readRunRecord } from "../process/run-record.ts";
import { ROOT } from "../start/settings.ts";
import type { Product } from "../test/product.ts";
import { startSecondWorker } from "./second-worker.ts";

/** One call as local AWS wrote it down. */
export type Call = {
  at: number;
  action: string;
  effect: "changed" | "none";
  subject?: string;
  input: { cluster?: string; service?: string; taskDefinition?: string; tags?: { key: string; value: string }[] };
};

export type Program = "worker" | "web" | "postgres";

/** The product that is drilled, as somebody outside it reaches it. */
export type Field = {
  api: ApiClient;
  url: string;
  /** An admin's. */
  token: string;
  /** One of somebody who may only look. */
  viewerToken(): Promise<string>;
  /** Repeats what fails because something was broken on purpose: a server that is away, an answer of 5xx. */
  patiently<T>(work: () => Promise<T>): Promise<T>;
  ecs: ECSClient;
  ecr: ECRClient;
  journal(action: string, since: number): Promise<Call[]>;
  fault(fault: { action: string; kind: string; times: number }): Promise<void>;
  clearFaults(): Promise<void>;
  kill(program: Program): void;
  /** Stops a process where it is for a while, as a machine does that has no time for it. */
  freeze(program: Program, ms: number): Promise<void>;
  /** A worker beside the one that the product has, as another machine would run it. Answers what kills it. */
  startWorker(): () => void;
  loadBalancer(environment: string): string;
  close(): Promise<void>;
};

const environments = ["development", "staging", "production"];
const run = promisify(execFile);

/** How long something that was broken on purpose may be away. */
const patienceMs = 60_000;

function isAway(error: unknown): boolean {
  const status = (error as { status?: number }).status;
  // Who asks too much is told to wait.
  return status === undefined || status >= 500 || status === 429;
}

async function patiently<T>(work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isAway(error) || Date.now() > deadline) throw error;
      await sleep(300);
    }
  }
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It is being started again.
  }
}

/** Reaches a product that runs; `env` is what it was started with besides its ports. */
export async function openField(product: Product, dataDir: string, env: Record<string, string> = {}): Promise<Field> {
  const options = { cwd: ROOT, env: { ...process.env, ...product.ports, ...env, DATA_DIR: dataDir } };
  const mint = async (role: string) =>
    (
      await run(process.execPath, [path.join(ROOT, "scripts/token.ts"), "--role", role, "--name", "drill"], options)
    ).stdout.trim();
  const token = await mint("admin");
  let viewer: Promise<string> | undefined;
  const link = httpLink({
    url: () => `${product.url}/api/v1`,
    fetch: (call, init) => {
      call.headers.set("authorization", `Bearer ${token}`);
      return fetch(call, init);
    },
  });
  const pidOf = (program: Program) =>
    program === "postgres"
      ? runningPostmaster(path.join(dataDir, "postgres", "data"))?.identity.pid
      : readRunRecord(path.join(dataDir, "run", "processes.json"))?.groups[program]?.pid;
  const send = (program: Program, signal: NodeJS.Signals) => {
    const pid = pidOf(program);
    if (pid !== undefined) signalTo(pid, signal);
    return pid;
  };
  const helpers: ChildProcess[] = [];
  const settings = {
    region: "us-east-1",
    endpoint: product.localAwsUrl,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  };
  const [ecs, ecr] = [new ECSClient(settings), new ECRClient(settings)];
  const local = async (method: string, where: string, body?: object) => {
    const answer = await fetch(`${product.localAwsUrl}/_local/${where}`, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`Local AWS answered ${answer.status} to ${where}.`);
    return (await answer.json()) as { entries: Call[] };
  };
  return {
    api: createApiClient(link),
    url: product.url,
    token,
    viewerToken: () => (viewer ??= mint("viewer")),
    patiently,
    ecs,
    ecr,
    journal: async (action, since) =>
      (await local("GET", `journal?service=ecs&action=${action}&since=${since}`)).entries,
    fault: async (fault) => void (await local("POST", "faults", { service: "ecs", ...fault })),
    clearFaults: async () => void (await local("DELETE", "faults")),
    kill: (program) => void send(program, "SIGKILL"),
    async freeze(program, ms) {
      const pid = send(program, "SIGSTOP");
      await sleep(ms);
      if (pid !== undefined) signalTo(pid, "SIGCONT");
    },
    startWorker() {
      const worker = startSecondWorker(dataDir, options.env);
      helpers.push(worker);
      return () => void worker.kill("SIGKILL");
    },
    loadBalancer: (environment) =>
      `http://127.0.0.1:${Number(product.ports.LOCAL_LB_PORT) + environments.indexOf(environment)}`,
    close: async () => {
      for (const helper of helpers) helper.kill("SIGKILL");
      ecs.destroy();
      ecr.destroy();
    },
  };
}
