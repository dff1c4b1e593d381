import { isAlive, signal, signalGroup } from "../process/identity.ts";
import { waitUntil } from "../process/wait.ts";
import type { Database } from "./database.ts";
import type { Kept } from "./kept.ts";
import type { Program } from "./programs.ts";
import type { Run } from "./run.ts";

/** What is running, in the order of its start. */
export type Started = { programs: { program: Program; kept: Kept }[]; database?: Database };

const STEP_PATIENCE_MS = 2_000;

/**
 * Stops everything in order: what serves people and jobs together, then what they stand on, PostgreSQL last.
 * @param comingUp settles when the start, which a stop may interrupt, has gone as far as it will.
 */
export async function stopAll(options: { run: Run; started: Started; comingUp: Promise<unknown> }): Promise<void> {
  const { run, started, comingUp } = options;
  run.close();
  await Promise.all([endSteps(run, started), comingUp.catch(() => {})]);
  const base = started.programs.filter(({ program }) => program.base);
  const rest = started.programs.filter(({ program }) => !program.base);
  await Promise.all(rest.map(({ program, kept }) => kept.stop(program.patienceMs)));
  await Promise.all(base.map(({ program, kept }) => kept.stop(program.patienceMs)));
  await started.database?.stop();
  await run.end();
}

/** A build or a migration may be running when the wish to stop comes. */
async function endSteps(run: Run, { programs }: Started): Promise<void> {
  const kept = new Set(programs.map(({ program }) => program.name));
  const steps = Object.entries(run.groups()).filter(([name]) => !kept.has(name));
  for (const [, leader] of steps) signal(leader, "SIGTERM");
  await waitUntil(() => !steps.some(([, leader]) => isAlive(leader)), STEP_PATIENCE_MS);
  for (const [, leader] of steps) signalGroup(leader, "SIGKILL");
}
