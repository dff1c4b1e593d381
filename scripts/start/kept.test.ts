import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { isAlive } from "../process/identity.ts";
import { readRunRecord } from "../process/run-record.ts";
import { waitUntil } from "../process/wait.ts";
import { prepareDataFolder } from "./data-folder.ts";
import { keepRunning } from "./kept.ts";
import { openRun, recordFileIn } from "./run.ts";
import type { Run } from "./run.ts";
import { startPrograms } from "./start-program.ts";
import type { Program } from "./programs.ts";

const PATIENCE_MS = 50_000;
const folders = prepareDataFolder(mkdtempSync(path.join(tmpdir(), "quarterdeck-kept-")));
let run: Run;

const program = (name: string, code: string): Program => ({
  name,
  title: name,
  args: ["-e", code],
  env: {},
  patienceMs: 500,
});
const deaf =
  "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('up ' + process.env.QUARTERDECK_PARENT_PIPE)";

/** How often a program wrote that it is up, and that it was told to watch its parent. */
function timesUp(name: string): number {
  const { path: file } = run.logOf(name);
  return existsSync(file) ? readFileSync(file, "utf8").split("up 1").length - 1 : 0;
}

beforeEach(() => {
  run = openRun(folders);
});

afterEach(() => run.end());

vi.setConfig({ testTimeout: 120_000 });

test("a program that is killed comes back, and one that ignores SIGTERM ends all the same", async () => {
  const kept = keepRunning(run, program("deaf", deaf));
  const isUp = (times: number) => () => timesUp("deaf") === times;
  expect(await waitUntil(isUp(1), PATIENCE_MS)).toBe(true);
  process.kill(run.groups()["deaf"]?.pid ?? 0, "SIGKILL");
  expect(await waitUntil(isUp(2), PATIENCE_MS)).toBe(true);
  const second = run.groups()["deaf"];
  expect(readRunRecord(recordFileIn(folders))?.groups["deaf"]).toMatchObject({ pid: second?.pid });
  await kept.stop(500);
  expect(second && isAlive(second)).toBe(false);
  expect(kept.starts()).toBe(2);
});

test("a program that ends again and again fails the start, with the last lines that it wrote", async () => {
  const started = { programs: [] };
  // Nobody ever answers there: how long a machine takes until the program has ended does not make it look well.
  const health = "http://127.0.0.1:1/health";
  const bad = { ...program("bad", "console.error('no such table'); process.exit(3)"), health };
  await expect(startPrograms({ run, started, programs: [bad] })).rejects.toThrow(
    /bad does not start:[^]*no such table/,
  );
  expect(started.programs).toHaveLength(1);
  run.close();
});

test("what is left when the run ends, ends with it, and nothing more is started", async () => {
  const { identity, exited } = run.launch(program("left", deaf));
  run.close();
  await run.end();
  await exited;
  expect(isAlive(identity)).toBe(false);
  expect(readRunRecord(recordFileIn(folders))).toBeUndefined();
  expect(() => run.launch(program("late", deaf))).toThrow(/is stopping/);
});
