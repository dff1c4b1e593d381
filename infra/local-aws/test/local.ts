import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import type { LocalAwsOptions } from "../contract.ts";
import { createLocalAws } from "../server.ts";
import type { LocalAws } from "../server.ts";

/** The contract suites run against a real account with `REMOTE=1` and the usual AWS environment variables. */
export const isRemote = process.env["REMOTE"] === "1";

export type Local = LocalAws & {
  /** Closes and starts again with the same data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

const IMAGES = {
  accountId: "000000000000",
  repositories: {
    "qkart-backend": {
      program: "infra/local-aws/test/local.ts",
      tags: ["1.0.0", "1.1.0"],
      pattern: "^\\d+\\.\\d+\\.\\d+(-(crash|missing))?$",
      environment: { QKART_VERSION: "$TAG" },
    },
    "qkart-storefront": { program: "infra/local-aws/test/local.ts", tags: ["1.0.0"] },
  },
};

/** A local AWS of the test's own: free port, temporary folder. */
export async function startLocal(options: Partial<LocalAwsOptions> = {}): Promise<Local> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "local-aws-"));
  const imagesFile = path.join(folder, "images.json");
  writeFileSync(imagesFile, JSON.stringify(IMAGES));
  const complete: LocalAwsOptions = {
    port: 0,
    dataDir: path.join(folder, "data"),
    timeScale: 60,
    imagesFile,
    root: path.resolve(import.meta.dirname, "../../.."),
    host: "127.0.0.1",
    ...options,
  };
  let running = await createLocalAws(complete);
  // The port is fixed from now on: clients keep their endpoint over a restart.
  complete.port = Number(new URL(running.url).port);
  return {
    url: running.url,
    get world() {
      return running.world;
    },
    close: () => running.close(),
    async restart() {
      await running.close();
      running = await createLocalAws(complete);
    },
    async stop() {
      await running.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Waits for a condition, asking again as soon as it was answered; the test's own timeout is the limit. */
export async function until<T>(ask: () => Promise<T> | T, holds: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await ask();
    if (holds(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
