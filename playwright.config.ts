import { defineConfig } from "@playwright/test";
import { findBrowser } from "./scripts/test/browser.ts";

const executablePath = findBrowser();

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.e2e.ts",
  globalSetup: "./e2e/global-setup.ts",
  // One product for the whole run: tests see what earlier ones did, as people do.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  // Limits are for what hangs, not for a machine that has other work.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  reporter: "list",
  outputDir: "test-results",
  use: {
    ...(process.env["E2E_URL"] ? { baseURL: process.env["E2E_URL"] } : {}),
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      // Chromium refuses to run its sandbox as root.
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    },
  },
});
