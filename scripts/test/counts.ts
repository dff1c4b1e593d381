import { existsSync, readFileSync } from "node:fs";

export type Counts = { passed: number; failed: number };

/** Parts of Vitest's JSON report that tell what ran. */
type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
};

/** Parts of Playwright's JSON report that tell what ran. */
type PlaywrightReport = { stats: { expected: number; unexpected: number; flaky: number }; errors: unknown[] };

/** Tests of a Vitest report; a file that could not be loaded is one failure. */
export function countVitest({ numPassedTests, numFailedTests, testResults }: VitestReport): Counts {
  const unloaded = testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  return { passed: numPassedTests, failed: numFailedTests + unloaded.length };
}

/** Tests of a Playwright report; one that passed only when repeated has failed. */
export function countPlaywright({ stats, errors }: PlaywrightReport): Counts {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
}

/** Reads the report that a stage wrote, if it came to that; a stage that failed counts at least one failure. */
export function countReport<T>(options: { file: string; count: (report: T) => Counts; succeeded: boolean }): Counts {
  const { file, count, succeeded } = options;
  const counts = existsSync(file) ? count(JSON.parse(readFileSync(file, "utf8")) as T) : { passed: 0, failed: 0 };
  if (succeeded && counts.failed === 0) return counts;
  return { passed: counts.passed, failed: Math.max(counts.failed, 1) };
}
