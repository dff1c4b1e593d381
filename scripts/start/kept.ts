import { setTimeout as sleep } from "node:timers/promises";
import { signal, signalGroup } from "../process/identity.ts";
import type { Launch, Launched, Run } from "./run.ts";

/** A program that is started again whenever it ends by itself. */
export type Kept = {
  /** How often it was started. */
  starts(): number;
  /** How long it has been running, in milliseconds; 0 while it waits to be started again. */
  runningMs(): number;
  /** SIGTERM, then SIGKILL for its whole group after `patienceMs`. */
  stop(patienceMs: number): Promise<void>;
};

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 15_000;
/** One that lived this long had started well: the next delay is the first again. */
const HEALTHY_MS = 30_000;

/** Starts a program and keeps it running; waits longer after each early end, from 250 ms to 15 s. */
export function keepRunning(run: Run, what: Launch): Kept {
  const stopping = new AbortController();
  let starts = 0;
  let startedAt: number | undefined;
  const runningMs = () => (startedAt === undefined ? 0 : performance.now() - startedAt);
  let current: Launched | undefined;

  const loop = async () => {
    let delayMs = FIRST_DELAY_MS;
    while (!stopping.signal.aborted && !run.isClosed()) {
      startedAt = performance.now();
      starts++;
      current = run.launch(what);
      const code = await current.exited;
      signalGroup(current.identity, "SIGKILL");
      if (stopping.signal.aborted) return;
      delayMs = runningMs() > HEALTHY_MS ? FIRST_DELAY_MS : delayMs;
      startedAt = undefined;
      run.logOf(what.name).write(`-- ended with ${code ?? "a signal"}, starting again in ${delayMs} ms\n`);
      await sleep(delayMs, undefined, { signal: stopping.signal }).catch(() => {});
      delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS);
    }
  };
  const ended = loop();

  const stop = async (patienceMs: number) => {
    stopping.abort();
    if (current) {
      const { identity } = current;
      signal(identity, "SIGTERM");
      const kill = setTimeout(() => signalGroup(identity, "SIGKILL"), patienceMs);
      await ended;
      clearTimeout(kill);
    }
  };
  return { starts: () => starts, runningMs, stop };
}
