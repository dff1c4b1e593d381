import { createServer } from "node:net";

// Below the ports that Linux (32768) and macOS (49152) hand to outgoing connections: one of those could take a
// port between our probe and the task's own bind.
const FIRST = 21_000;
const LAST = 31_999;

/** Hands out host ports that nobody listens on, never the same one to two tasks at once. */
export function createPorts(host: string) {
  const taken = new Set<number>();
  let next = FIRST + Math.floor(Math.random() * (LAST - FIRST));

  return {
    async take(): Promise<number> {
      for (let tries = 0; tries <= LAST - FIRST; tries += 1) {
        const port = next;
        next = next === LAST ? FIRST : next + 1;
        if (taken.has(port)) continue;
        taken.add(port);
        if (await isFree(port, host)) return port;
        taken.delete(port);
      }
      throw new Error(`no free port between ${FIRST} and ${LAST}`);
    },
    release(port: number): void {
      taken.delete(port);
    },
  };
}

export type Ports = ReturnType<typeof createPorts>;

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}
