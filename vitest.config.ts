import { configDefaults, defineConfig } from "vitest/config";
import { checkpoints } from "./server/testing/crash/instrument.ts";

const exclude = [...configDefaults.exclude, "**/.next/**", "**/.data/**", "e2e/**", "infra/aws/**"];
const INTEGRATION = "**/*.integration.test.{ts,tsx}";
const PRODUCT = "**/*.product.test.ts";
const CRASH = "**/*.crash.test.ts";

/** A line for each request would bury what failed. */
const env = { LOG_LEVEL: "error" };

export default defineConfig({
  test: {
    // One worker per core leaves nothing for PostgreSQL and the processes that tests start.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: "unit",
          env,
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...exclude, INTEGRATION, PRODUCT, CRASH],
          // A limit is for what hangs, not for a machine that has other work: hashing a password takes a second of CPU.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "integration",
          env,
          include: [INTEGRATION],
          exclude,
          globalSetup: ["server/testing/global-setup.ts"],
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        // Has a checkpoint at every await of the deployment engine, at which its workers are killed.
        plugins: [checkpoints()],
        test: {
          name: "crash",
          env,
          include: [CRASH],
          exclude,
          globalSetup: ["server/testing/global-setup.ts"],
          testTimeout: 600_000,
          hookTimeout: 180_000,
        },
      },
      {
        // Starts and kills the whole product; each file its own, on ports of its own.
        test: {
          name: "product",
          include: [PRODUCT],
          exclude,
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
