import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { CommandFailed, run } from "../bootstrap/run.mjs";
import { stage } from "../bootstrap/stage.mjs";
import { GENERATE, isDatabaseClientFresh, markDatabaseClientFresh } from "../start/database-client.ts";
import { ROOT } from "../start/settings.ts";
import { onStopRequest } from "../start/stop-requests.ts";
import { canInstallBrowser, findBrowser, INSTALL_BROWSER } from "./browser.ts";
import { countReport } from "./counts.ts";
import type { Counts } from "./counts.ts";
import { stages } from "./stages.ts";
import type { Stage } from "./stages.ts";

/** npm test: every stage runs, also after one failed, and the last line says how many tests passed and failed. */
const stopped = new AbortController();
onStopRequest(() => stopped.abort());
const reports = mkdtempSync(path.join(tmpdir(), "quarterdeck-reports-"));
process.on("exit", () => rmSync(reports, { recursive: true, force: true }));
const total: Counts = { passed: 0, failed: 0 };
const failed = new Set<string>();

await prepare();
for (const atOnce of stages(reports)) {
  if (stopped.signal.aborted) break;
  await Promise.all(atOnce.map(count));
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 && !stopped.signal.aborted ? 0 : 1);

/** What the stages share. A failure here shows again, and is counted, in the stages that need it. */
async function prepare(): Promise<void> {
  try {
    if (!isDatabaseClientFresh()) {
      await stage("Generating the database client", () =>
        run(process.execPath, GENERATE.args, { env: GENERATE.env, cwd: ROOT }),
      );
      markDatabaseClientFresh();
    }
    if (findBrowser()) return;
    if (!canInstallBrowser()) {
      console.error("There is no Chromium for the browser tests: install Chromium or Chrome, or set CHROME_PATH.");
      return;
    }
    await stage("Installing Chromium", async () => {
      const env = { DEBIAN_FRONTEND: "noninteractive" };
      for (const [file = "", ...args] of INSTALL_BROWSER) await run(file, args, { env });
    });
  } catch (error) {
    console.error((error as Error).message);
  }
}

async function count(each: Stage): Promise<void> {
  const counts = each.needs && failed.has(each.needs) ? skip(each) : await runStage(each);
  if (counts.failed > 0) failed.add(each.title);
  total.passed += counts.passed;
  total.failed += counts.failed;
}

function skip({ title, needs }: Stage): Counts {
  console.log(`✗ ${title} (not run: ${needs} failed)`);
  return { passed: 0, failed: 1 };
}

async function runStage({ title, args, env, report }: Stage): Promise<Counts> {
  const options = { env: { FORCE_COLOR: "0", ...env }, cwd: ROOT, signal: stopped.signal };
  const work = () => run(process.execPath, args, options);
  const error = await stage(title, work).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error) console.error(error instanceof CommandFailed ? indent(error.output) : error);
  const counts = report
    ? countReport({ ...report, succeeded: !error })
    : { passed: error ? 0 : 1, failed: error ? 1 : 0 };
  if (report) console.log(`    ${counts.passed} of ${counts.passed + counts.failed} tests`);
  return counts;
}

function indent(text: string): string {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n");
}
