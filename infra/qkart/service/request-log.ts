import type { Fields, Log } from "./log.ts";

/** At most one line for good requests in this many milliseconds, however many there are. */
const sampleEveryMs = 5_000;
/** A request slower than this is worth a line of its own, within the same bound per window. */
const slowMs = 1_000;
const slowLinesPerWindow = 5;

export type RequestLine = { requestId: string; method: string; route: string; status: number; durationMs: number };

/**
 * Request lines of bounded volume: every 5xx is written, the others are sampled, and each sampled line
 * says how many good requests went unwritten since the last one.
 */
export function createRequestLog(log: Log, now: () => number): (line: RequestLine, error?: Fields) => void {
  let windowStart = -Infinity;
  let unwritten = 0;
  let slowLines = 0;

  return (line, error = {}) => {
    if (line.status >= 500) {
      log("error", "request failed", { ...line, ...error });
      return;
    }
    if (now() - windowStart >= sampleEveryMs) {
      log("info", "request", { ...line, unwritten });
      windowStart = now();
      unwritten = 0;
      slowLines = 0;
      return;
    }
    if (line.durationMs >= slowMs && slowLines < slowLinesPerWindow) {
      slowLines += 1;
      log("warn", "slow request", { ...line });
      return;
    }
    unwritten += 1;
  };
}
