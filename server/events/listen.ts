import { EventEmitter } from "node:events";
import pg from "pg";
import { log } from "../core/log.ts";
import { oncePerProcess } from "../core/once-per-process.ts";

/** What one NOTIFY said. */
export type Heard =
  | { kind: "events"; upTo: bigint }
  | { kind: "facts"; topic: string; id: string }
  /** The connection was away: anything may have been missed. */
  | { kind: "gap" };

export type Listener = {
  on(hear: (heard: Heard) => void): () => void;
  readonly connected: boolean;
  close(): Promise<void>;
};

const reconnectMs = 1_000;

/** Events are sequenced this often even when no notification arrives, so that nothing waits on a lost one. */
const sweepMs = 5_000;

function parse(channel: string, payload: string): Heard | undefined {
  if (channel === "quarterdeck_events") return { kind: "events", upTo: BigInt(payload) };
  const { topic, id } = JSON.parse(payload) as { topic: string; id: string };
  return { kind: "facts", topic, id };
}

/**
 * One LISTEN connection per process. It also drives the sequencer: a commit says "pending", whoever hears it gives
 * the committed events their cursors, and everybody hears that. Reconnects for ever.
 */
export function startListener(connectionString: string): Listener {
  const emitter = new EventEmitter().setMaxListeners(0);
  let client: pg.Client | undefined;
  let closed = false;
  let hangUp = () => {};
  let sequencing = false;
  let again = false;

  const sequence = async (): Promise<void> => {
    if (sequencing) return void (again = true);
    sequencing = true;
    try {
      do {
        again = false;
        await client?.query("select quarterdeck_sequence_events()");
      } while (again);
    } catch (error) {
      log.warn({ err: error }, "events were not sequenced; the next connection does it");
      // A connection that does not answer is as good as gone, however open it looks.
      hangUp();
    } finally {
      sequencing = false;
    }
  };

  const hear = ({ channel, payload = "" }: pg.Notification): void => {
    if (channel === "quarterdeck_pending") return void sequence();
    const heard = parse(channel, payload);
    if (heard) emitter.emit("heard", heard);
  };

  const connect = async (): Promise<void> => {
    if (closed) return;
    const next = new pg.Client({
      connectionString,
      application_name: "quarterdeck listen",
      keepAlive: true,
      query_timeout: 15_000,
    });
    let isLost = false;
    const lost = () => {
      if (isLost) return;
      isLost = true;
      if (client === next) client = undefined;
      next.removeAllListeners("notification");
      void next.end().catch(() => undefined);
      if (!closed) setTimeout(() => void connect(), reconnectMs).unref();
    };
    // An error may be followed by an end and by more errors: all of them after the first are the same loss.
    next.on("error", lost);
    next.on("end", lost);
    hangUp = lost;
    next.on("notification", hear);
    try {
      await next.connect();
      await next.query("listen quarterdeck_pending; listen quarterdeck_events; listen quarterdeck_facts");
      client = next;
      emitter.emit("heard", { kind: "gap" });
      await sequence();
    } catch (error) {
      log.warn({ err: error }, "live updates: no connection to the database yet");
      lost();
    }
  };

  const sweep = setInterval(() => void sequence(), sweepMs).unref();
  void connect();

  return {
    on(listener) {
      emitter.on("heard", listener);
      return () => void emitter.off("heard", listener);
    },
    get connected() {
      return client !== undefined;
    },
    async close() {
      closed = true;
      clearInterval(sweep);
      await client?.end().catch(() => undefined);
    },
  };
}

/** This process's listener; started at first use. */
export function listener(connectionString: string): Listener {
  return oncePerProcess("listener", () => startListener(connectionString));
}
