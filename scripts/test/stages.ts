import path from "node:path";
import { countPlaywright, countVitest } from "./counts.ts";
import type { Counts } from "./counts.ts";

/** One part of `npm test`, run by Node 24. */
export type Stage = {
  title: string;
  args: string[];
  env?: Record<string, string>;
  /** For a stage of many tests: where its report is and how to count it. Otherwise the stage is one test. */
  report?: { file: string; count: (report: never) => Counts };
  /** Title of a stage without whose success this one cannot say anything. */
  needs?: string;
};

const BUILD = "Build";

/** All stages in order, those that run at once in one list; `reports` is a folder for their reports. */
export function stages(reports: string): Stage[][] {
  const report = (name: string) => path.join(reports, `${name}.json`);
  return [
    // Each of these keeps one core busy.
    [
      { title: "Lint", args: ["node_modules/eslint/bin/eslint.js", ".", "--max-warnings", "0"] },
      { title: "Types", args: ["node_modules/typescript/bin/tsc", "--noEmit"] },
      { title: "Lockfile", args: ["scripts/test/lockfile.mjs"] },
    ],
    [vitest("Unit tests", ["unit"], report("unit"))],
    // In one run: the workers killed at every await are one long file, beside which the others find a core.
    [vitest("Integration tests, and killed at every await", ["integration", "crash"], report("integration"))],
    [{ title: BUILD, args: ["scripts/build.ts"] }],
    [{ ...vitest("Start, stop and kill", ["product"], report("product")), needs: BUILD }],
    [
      {
        title: "Browser tests",
        args: ["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"],
        env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report("browser") },
        report: { file: report("browser"), count: countPlaywright },
        needs: BUILD,
      },
    ],
  ];
}

function vitest(title: string, projects: string[], file: string): Stage {
  const chosen = projects.flatMap((project) => ["--project", project]);
  const args = ["node_modules/vitest/vitest.mjs", "run", ...chosen, "--reporter=default", "--reporter=json"];
  return { title, args: [...args, `--outputFile.json=${file}`], report: { file, count: countVitest } };
}
