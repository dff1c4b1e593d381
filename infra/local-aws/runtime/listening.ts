import { connect } from "node:net";

const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 200;

type Address = { host: string; port: number };

/** Resolves true once something accepts connections there, false after `limitMs` real milliseconds or on abort. */
export async function waitUntilListening(address: Address, limitMs: number, signal: AbortSignal): Promise<boolean> {
  const until = Date.now() + limitMs;
  for (let pauseMs = FIRST_PAUSE_MS; !signal.aborted && Date.now() < until; pauseMs *= 1.5) {
    if (await accepts(address)) return true;
    await pause(Math.min(pauseMs, LONGEST_PAUSE_MS), signal);
  }
  return false;
}

function accepts({ host, port }: Address): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done, { once: true });
  });
}
