import { freePort, isPortFree } from "../process/ports.ts";

/** Free ports for a product of a test's own, by the setting that takes them. */
export type ProductPorts = { PORT: string; LOCAL_AWS_PORT: string; LOCAL_LB_PORT: string };

export async function freeProductPorts(): Promise<ProductPorts> {
  const [port, aws] = [await freePort(), await freePort()];
  return { PORT: String(port), LOCAL_AWS_PORT: String(aws), LOCAL_LB_PORT: String(await freeRange(3)) };
}

/** The first of `length` free ports in a row. */
async function freeRange(length: number): Promise<number> {
  for (;;) {
    const first = await freePort();
    const range = Array.from({ length }, (_, i) => first + i);
    const free = await Promise.all(range.map(isPortFree));
    if (free.every(Boolean) && first + length <= 65_535) return first;
  }
}
