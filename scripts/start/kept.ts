import { setTimeout as sleep } from "node:timers/promises";
import { signal, signalGroup } from "../process/identity.ts";
import type { Launch, Launched, Run } from "./run.ts";

/** A program that is started again whenever it ends by itself. */
export type Kept = {
  /** How often it was started. */
  starts(): number;
  /** Milliseconds since the last start. */
  ageMs(): number;
  /** SIGTERM, then SIGKILL for its whole group after `patienceMs`. */
  stop(patienceMs: number): Promise<void>;
};

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 15_000;
/** One that lived this long had started well: the next delay is the first again. */
const HEALTHY_MS = 30_000;

export function keepRunning(run: Run, what: Launch): Kept {
  const stopping = new AbortController();
  let starts = 0;
  let startedAt = performance.now();
  let current: Launched | undefined;

  const loop = async () => {
    let delayMs = FIRST_DELAY_MS;
    while (!stopping.signal.aborted) {
      startedAt = performance.now();
      starts++;
      current = run.launch(what);
      const code = await current.exited;
      signalGroup(current.identity, "SIGKILL");
      if (stopping.signal.aborted) return;
      delayMs = performance.now() - startedAt > HEALTHY_MS ? FIRST_DELAY_MS : delayMs;
      run.logOf(what.name).write(`-- ended with ${code ?? "a signal"}, starting again in ${delayMs} ms\n`);
      await sleep(delayMs, undefined, { signal: stopping.signal }).catch(() => {});
      if (run.isClosed()) return;
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
  return { starts: () => starts, ageMs: () => performance.now() - startedAt, stop };
}
