import { eventReader } from "./event-stream.ts";
import { retryAfterSeconds } from "./api-problem.ts";
import type { LiveState } from "./live-state.ts";
import type { LiveMessage } from "./live.ts";

export type StreamOptions = {
  url: string;
  /** Go on after this event, which somebody else saw. */
  after?: string | undefined;
  /** The last event seen, to go on after it. */
  onId?: (id: string) => void;
  onMessage: (message: LiveMessage) => void;
  /** Something may have been missed and cannot be replayed: whatever is on screen is to be fetched again. */
  onGap: () => void;
  onState: (state: LiveState) => void;
};

/** Three of the server's heartbeats (server/events/stream.ts): after that much silence the connection is dead. */
const silenceMs = 45_000;
const firstDelayMs = 500;
const longestDelayMs = 15_000;

/**
 * Holds the event stream open and opens it again after the last event seen. Fetch instead of EventSource: it sees the
 * status of a refusal, and can send `Last-Event-ID` when it was us who closed a connection that had gone silent
 * (docs/decisions/004).
 */
export function connectStream({ url, after, onId, onMessage, onGap, onState }: StreamOptions): () => void {
  const stop = new AbortController();
  let lastEventId = after;
  let heardAt: number | undefined;
  let failures = 0;
  let wake = () => {};
  /** How long the portal asks us to stay away, milliseconds. */
  let awayMs = 0;

  const hear = () => {
    heardAt = Date.now();
    failures = 0;
    onState({ status: "live", heardAt });
  };

  const readOnce = async (): Promise<boolean> => {
    // What an earlier answer asked for says nothing about an attempt that gets none.
    awayMs = 0;
    const attempt = new AbortController();
    const silence = deadline(() => attempt.abort());
    const abort = () => attempt.abort();
    stop.signal.addEventListener("abort", abort, { once: true });
    try {
      const headers = { accept: "text/event-stream", ...(lastEventId ? { "last-event-id": lastEventId } : {}) };
      const response = await fetch(url, { headers, signal: attempt.signal, cache: "no-store" });
      if (response.status === 401) return false;
      awayMs = (retryAfterSeconds(response.headers.get("retry-after")) ?? 0) * 1000;
      if (!response.ok || !response.body) throw new Error(`The event stream answered ${response.status}`);
      if (heardAt !== undefined && lastEventId === undefined) onGap();
      hear();
      const read = eventReader();
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        silence.again();
        hear();
        for (const { id, event, data } of read(part.value)) {
          if (id !== undefined && id !== lastEventId) onId?.(id);
          lastEventId = id ?? lastEventId;
          if (event === "ended") return false;
          if (event === "reset") onGap();
          else if (event === "change" || event === "facts")
            onMessage({ ...(JSON.parse(data) as { topic: string }), event });
        }
      }
    } catch {
      // Whatever ended it, the loop opens it again.
    } finally {
      silence.clear();
      stop.signal.removeEventListener("abort", abort);
    }
    return true;
  };

  const run = async () => {
    while (!stop.signal.aborted) {
      const mayRetry = await readOnce();
      if (stop.signal.aborted) return;
      if (!mayRetry) {
        onState({ status: "signed-out", heardAt });
        // Somebody may sign in again beside this page, and come back to it.
        await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      failures += 1;
      // The first reconnection is silent: a server that restarts or a proxy that cuts long answers is no news.
      if (failures > 1) onState({ status: "lost", heardAt });
      const backoff = Math.min(longestDelayMs, firstDelayMs * 2 ** (failures - 1));
      const delay = Math.max(awayMs, backoff) * (1 + (Math.random() - (awayMs > 0 ? 0 : 0.5)) / 2);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, delay);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };

  const wakeNow = () => wake();
  addEventListener("online", wakeNow, { signal: stop.signal });
  document.addEventListener("visibilitychange", wakeNow, { signal: stop.signal });
  void run();
  return () => {
    stop.abort();
    wake();
  };
}

function deadline(onSilence: () => void): { again: () => void; clear: () => void } {
  let timer = setTimeout(onSilence, silenceMs);
  return {
    again: () => {
      clearTimeout(timer);
      timer = setTimeout(onSilence, silenceMs);
    },
    clear: () => clearTimeout(timer),
  };
}
