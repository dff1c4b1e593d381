import { connectStream, type StreamOptions } from "./live-stream.ts";
import type { LiveState } from "./live-state.ts";
import type { LiveMessage } from "./live.ts";

type Told =
  | { kind: "message"; message: LiveMessage }
  | { kind: "gap" }
  | { kind: "state"; state: LiveState }
  | { kind: "id"; id: string };

const name = "quarterdeck-live";

/**
 * One stream for all tabs of a browser: over HTTP/1.1 a browser opens six connections to a host, and six tabs with
 * a stream each would leave none for anything else. The tab that holds the lock has the stream and tells the
 * others; when it goes, the next one goes on after the last event that anybody was told. Without locks (plain
 * http on another host) each tab has its own.
 */
export function shareStream(options: StreamOptions): () => void {
  if (!("locks" in navigator)) return connectStream(options);
  const leave = new AbortController();
  const channel = new BroadcastChannel(name);
  let after = options.after;
  let stop = () => {};

  const take = (told: Told) => {
    if (told.kind === "message") options.onMessage(told.message);
    else if (told.kind === "gap") options.onGap();
    else if (told.kind === "state") options.onState(told.state);
    else after = told.id;
  };
  const tell = (told: Told) => {
    take(told);
    if (!leave.signal.aborted) channel.postMessage(told);
  };
  channel.onmessage = (event: MessageEvent<Told>) => take(event.data);

  const lead = () =>
    new Promise<void>((release) => {
      const close = connectStream({
        url: options.url,
        after,
        onMessage: (message) => tell({ kind: "message", message }),
        onGap: () => tell({ kind: "gap" }),
        onState: (state) => tell({ kind: "state", state }),
        onId: (id) => tell({ kind: "id", id }),
      });
      stop = () => {
        close();
        release();
      };
      if (leave.signal.aborted) stop();
    });
  // Rejects when this tab leaves before it was its turn.
  navigator.locks.request(name, { signal: leave.signal }, lead).catch(() => undefined);

  return () => {
    leave.abort();
    stop();
    channel.close();
  };
}
