import { setTimeout as sleep } from "node:timers/promises";

/** Asks `condition` every 50 ms until it holds; false when `timeoutMs` passed first. */
export async function waitUntil(condition: () => boolean | Promise<boolean>, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() >= deadline) return false;
    await sleep(50);
  }
  return true;
}
