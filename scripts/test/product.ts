import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readInstance } from "../start/instance-lock.ts";
import { ROOT } from "../start/settings.ts";
import { freeProductPorts } from "./free-ports.ts";
import type { ProductPorts } from "./free-ports.ts";

/** The real product, started by a test. */
export type Product = {
  child: ChildProcess;
  url: string;
  localAwsUrl: string;
  ports: ProductPorts;
  dataDir: string;
  /** Password of the demo accounts. */
  password: string;
  /** What it printed so far. */
  output(): string;
  /** Resolves with the exit code; null when a signal ended it. What it wrote last may not have been read by then. */
  exited: Promise<number | null>;
  /** Resolves with the exit code once it and all that write for it have ended, and all that they wrote is in `output`. */
  finished: Promise<number | null>;
  stop(): Promise<void>;
};

export type ProductOptions = {
  dataDir: string;
  /** What to run: the supervisor alone, or the whole chain from npm down. */
  command: [file: string, ...args: string[]];
  env?: Record<string, string>;
  ports?: ProductPorts;
};

/** Node 24 on the supervisor, without npm and the launcher. */
export const SUPERVISOR: ProductOptions["command"] = [
  process.execPath,
  path.join(ROOT, "scripts", "start", "supervisor.ts"),
];

/** Starts the product without waiting for it. It ends with this process, whatever ends that. */
export async function launchProduct(options: ProductOptions): Promise<Omit<Product, "password">> {
  const ports = options.ports ?? (await freeProductPorts());
  mkdirSync(options.dataDir, { recursive: true });
  const [file, ...args] = options.command;
  const child = spawn(file, args, {
    cwd: ROOT,
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    env: { ...process.env, ...ports, DATA_DIR: options.dataDir, QUARTERDECK_LAUNCHER_FD: "3", ...options.env },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stdio[3]?.on("error", () => {});
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const finished = new Promise<number | null>((resolve) => child.once("close", resolve));
  return {
    child,
    url: `http://localhost:${ports.PORT}`,
    localAwsUrl: `http://127.0.0.1:${ports.LOCAL_AWS_PORT}`,
    ports,
    dataDir: options.dataDir,
    output: () => output,
    exited,
    finished,
    stop: async () => {
      child.kill("SIGTERM");
      await exited;
    },
  };
}

/** Starts the product and waits until the portal answers; throws what it printed when it does not come up. */
export async function startProduct(options: ProductOptions): Promise<Product> {
  const product = await launchProduct(options);
  let ended = false;
  void product.exited.then(() => (ended = true));
  while (readInstance(path.join(options.dataDir, "run"))?.ready !== true) {
    if (ended) {
      await product.finished;
      throw new Error(`The product did not start:\n${product.output()}`);
    }
    await sleep(100);
  }
  const secrets = JSON.parse(readFileSync(path.join(options.dataDir, "secrets.json"), "utf8")) as {
    LOCAL_PASSWORD: string;
  };
  return { ...product, password: secrets.LOCAL_PASSWORD };
}
