import { randomInt } from "node:crypto";
import { isPortFree } from "../process/ports.ts";

/** Free ports for a product of a test's own, by the setting that takes them. */
export type ProductPorts = { PORT: string; LOCAL_AWS_PORT: string; LOCAL_LB_PORT: string };

/**
 * Below those that systems give to connections and to whoever asks for any port, and below those that local AWS gives to
 * its tasks (21,000 and more): nobody else comes by one of them while a product that is started again and again has let
 * it go.
 */
const range = { from: 10_000, to: 20_990 };

export async function freeProductPorts(): Promise<ProductPorts> {
  const first = await freePortsInARow(5);
  return { PORT: String(first), LOCAL_AWS_PORT: String(first + 1), LOCAL_LB_PORT: String(first + 2) };
}

/** The first of so many. */
async function freePortsInARow(length: number): Promise<number> {
  for (;;) {
    const first = randomInt(range.from, range.to);
    const free = await Promise.all(Array.from({ length }, (_, i) => isPortFree(first + i)));
    if (free.every(Boolean)) return first;
  }
}
