import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { countPlaywright, countReport, countVitest } from "./counts.ts";

const file = (status: string, tests: number) => ({ status, assertionResults: Array.from({ length: tests }) });

test("a test file that could not be loaded is one failure", () => {
  const report = {
    numPassedTests: 3,
    numFailedTests: 1,
    testResults: [file("failed", 4), file("failed", 0), file("passed", 3)],
  };
  expect(countVitest(report)).toEqual({ passed: 3, failed: 2 });
});

test("a browser test that passed only when repeated has failed", () => {
  const report = { stats: { expected: 5, unexpected: 1, flaky: 1 }, errors: [{}] };
  expect(countPlaywright(report)).toEqual({ passed: 5, failed: 3 });
});

test("a stage that failed without a failed test counts as one, and so does one without a report", () => {
  const report = path.join(mkdtempSync(path.join(tmpdir(), "quarterdeck-counts-")), "report.json");
  expect(countReport({ file: report, count: countVitest, succeeded: false })).toEqual({ passed: 0, failed: 1 });
  writeFileSync(report, JSON.stringify({ numPassedTests: 2, numFailedTests: 0, testResults: [file("passed", 2)] }));
  expect(countReport({ file: report, count: countVitest, succeeded: false })).toEqual({ passed: 2, failed: 1 });
  expect(countReport({ file: report, count: countVitest, succeeded: true })).toEqual({ passed: 2, failed: 0 });
});
