import { configDefaults, defineConfig } from "vitest/config";

const exclude = [...configDefaults.exclude, "**/.next/**", "**/.data/**", "e2e/**", "infra/aws/**"];
const INTEGRATION = "**/*.integration.test.{ts,tsx}";
const PRODUCT = "**/*.product.test.ts";

export default defineConfig({
  test: {
    // One worker per core leaves nothing for PostgreSQL and the processes that tests start.
    maxWorkers: 2,
    // A line for each request would bury what failed.
    env: { LOG_LEVEL: "error" },
    projects: [
      {
        test: { name: "unit", include: ["**/*.test.{ts,tsx}"], exclude: [...exclude, INTEGRATION, PRODUCT] },
      },
      {
        test: {
          name: "integration",
          include: [INTEGRATION],
          exclude,
          globalSetup: ["server/testing/global-setup.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Starts and kills the whole product; wants the machine for itself.
        test: { name: "product", include: [PRODUCT], exclude, testTimeout: 600_000, hookTimeout: 600_000, fileParallelism: false },
      },
    ],
  },
});
