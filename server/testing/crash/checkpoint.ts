import { AsyncLocalStorage } from "node:async_hooks";

/** Who works at this moment, and what happens to them at a checkpoint: a promise that never settles is their death. */
export type Mortal = { at(point: string): Promise<void> };

const working = new AsyncLocalStorage<Mortal>();

/** Runs `work` as one worker. */
export function workAs<T>(mortal: Mortal, work: () => Promise<T>): Promise<T> {
  return working.run(mortal, work);
}

/**
 * Stands around the operand of every await of the engine (`instrument.ts`): a checkpoint once it has settled. Between
 * two awaits nothing leaves the process, so that after one is the same moment as before the next.
 */
export async function reach<T>(site: string, operand: () => Promise<T>): Promise<T> {
  const mortal = working.getStore();
  if (!mortal) return operand();
  const value = await operand();
  await mortal.at(site);
  return value;
}
