import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { runCheck, watchHealth, type HealthStatus } from "./health-check.ts";

const where = { cwd: "/", environment: { PATH: process.env["PATH"] ?? "", PORT: "1234" } };

test.each([
  [["CMD-SHELL", 'test "$PORT" = 1234'], true],
  [["CMD-SHELL", "exit 3"], false],
  [["CMD-SHELL", "true | grep -q x || exit 1"], false],
  [["CMD", "test", "a b", "=", "a b"], true],
  [["CMD", "/no/such/program"], false],
])("%j passes: %s", async (command, passes) => {
  expect(await runCheck({ command, timeoutMs: 60_000 }, where)).toBe(passes);
});

test("a check that hangs fails at its timeout, with all that it started", async () => {
  expect(await runCheck({ command: ["CMD-SHELL", "sleep 600 & sleep 600"], timeoutMs: 20 }, where)).toBe(false);
});

async function statuses(command: string[], wanted: HealthStatus, startPeriodMs = 0): Promise<HealthStatus[]> {
  const seen: HealthStatus[] = [];
  await new Promise<void>((resolve) => {
    const check = { command, intervalMs: 5, timeoutMs: 60_000, retries: 2, startPeriodMs };
    const cancel = watchHealth(check, where, (status) => {
      seen.push(status);
      if (status !== wanted) return;
      cancel();
      resolve();
    });
  });
  return seen;
}

test("turns healthy with the first success and unhealthy after its retries", async () => {
  expect(await statuses(["CMD", "true"], "HEALTHY")).toEqual(["HEALTHY"]);
  expect(await statuses(["CMD", "false"], "UNHEALTHY")).toEqual(["UNHEALTHY"]);
});

/** Fails the first `failures` times and passes from then on; counts in `file`. */
const failsFirst = (failures: number, file: string): string[] => [
  "CMD-SHELL",
  `echo x >> ${file}; test "$(wc -l < ${file})" -gt ${failures}`,
];

test("failures within the start period do not count, as many as there are", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "health-"));
  try {
    expect(await statuses(failsFirst(4, path.join(folder, "with")), "HEALTHY", 600_000)).toEqual(["HEALTHY"]);
    expect(await statuses(failsFirst(4, path.join(folder, "without")), "HEALTHY")).toEqual(["UNHEALTHY", "HEALTHY"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("failures after it do", async () => {
  expect(await statuses(["CMD", "false"], "UNHEALTHY", 50)).toEqual(["UNHEALTHY"]);
});
