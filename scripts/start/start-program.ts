import { setTimeout as sleep } from "node:timers/promises";
import { stage } from "../bootstrap/stage.mjs";
import { Fatal } from "./fatal.ts";
import { keepRunning } from "./kept.ts";
import type { Kept } from "./kept.ts";
import { lastLines } from "./log-file.ts";
import type { Program } from "./programs.ts";
import type { Run } from "./run.ts";
import type { Started } from "./shutdown.ts";

const PATIENCE_MS = 60_000;
const MOST_STARTS = 4;
/** A program that nobody can ask has started when it did not end at once. */
const SETTLED_MS = 1_500;

/** Starts programs at once, as one stage, to be kept running from now on. `started` knows them at once. */
export async function startPrograms(options: { run: Run; started: Started; programs: Program[] }): Promise<void> {
  const { run, started, programs } = options;
  const title = `Starting ${programs.map((program) => program.title).join(", ")}`;
  await stage(title, () => Promise.all(programs.map((program) => startProgram({ run, started, program }))));
}

/** Starts a program and waits until it is healthy. */
async function startProgram({
  run,
  started,
  program,
}: {
  run: Run;
  started: Started;
  program: Program;
}): Promise<void> {
  const kept = keepRunning(run, program);
  started.programs.push({ program, kept });
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await isHealthy(program, kept))) {
    if (run.isClosed()) throw new Fatal("Stopped while starting.");
    if (performance.now() > deadline || kept.starts() > MOST_STARTS) {
      const log = run.logOf(program.name).path;
      throw new Fatal(`${program.title} does not start:\n${lastLines(log)}\nAll of it: ${log}`);
    }
    await sleep(100);
  }
}

async function isHealthy({ health }: Program, kept: Kept): Promise<boolean> {
  if (health === undefined) return kept.runningMs() > SETTLED_MS;
  const answer = await fetch(health, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
  await answer?.body?.cancel();
  return answer?.status === 200;
}
