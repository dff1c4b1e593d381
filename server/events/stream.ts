import type { Actor } from "../core/actor.ts";
import { log } from "../core/log.ts";
import { allows } from "../core/permissions.ts";
import { countStream } from "../core/work-metrics.ts";
import type { Db } from "../db/client.ts";
import type { Heard, Listener } from "./listen.ts";
import { eventsAfter, headCursor, isForgotten, replayLimit } from "./queries.ts";

const heartbeatMs = 15_000;

/** Facts about one thing are passed on at most this often. */
const factsMs = 200;

type Options = {
  db: Db;
  listener: Listener;
  /** Of the browser's last event, when it reconnects. */
  lastEventId: string | null;
  signal: AbortSignal;
  /** Whose stream it is: something written about them asks `actor` again at once. */
  actorId: string;
  /** Asked again with every heartbeat: a session that ended closes its stream. */
  actor(): Promise<Actor | undefined>;
  onEnd?: () => void;
};

const frame = (fields: { id?: bigint; event: string; data: object }) =>
  `${fields.id === undefined ? "" : `id: ${fields.id}\n`}event: ${fields.event}\ndata: ${JSON.stringify(fields.data)}\n\n`;

const parseCursor = (value: string | null) => (value && /^\d{1,18}$/.test(value) ? BigInt(value) : undefined);

/** Server-sent events: replay after `Last-Event-ID`, then live. The body ends with the request, or with the session. */
export function eventStream(options: Options): ReadableStream<Uint8Array> {
  const { db, listener, signal } = options;
  const encoder = new TextEncoder();
  let stop = () => {};

  return new ReadableStream<Uint8Array>({
    async start(controller) {
      let open = true;
      let cursor = parseCursor(options.lastEventId);
      let reading: Promise<void> = Promise.resolve();
      const waiting = new Set<string>();
      let isCaughtUp = false;

      const send = (text: string) => {
        if (open) controller.enqueue(encoder.encode(text));
      };
      const mayRead = async () => {
        const actor = await options.actor();
        return actor !== undefined && allows(actor, "all:read", "anywhere", new Date());
      };

      /** Ends the stream, and says so, when its session or the right to read has ended. */
      const check = async () => {
        const fine = await mayRead().catch(() => true); // the database being away is no reason to send people off
        if (!fine) {
          send(frame({ event: "ended", data: {} }));
          stop();
        }
        return fine;
      };

      /** Where a page without a cursor begins. Of two that ask at once the first decides: what came between is not skipped. */
      const begin = async () => {
        const head = cursor ?? (await headCursor(db));
        cursor ??= head;
      };

      /** Sends what came after the cursor; one at a time, so that order holds. */
      const catchUp = async () => {
        await begin();
        if (cursor === undefined) return;
        const events = await eventsAfter(db, cursor);
        if (events.some((event) => event.topic === "teams" && event.id === options.actorId) && !(await check())) return;
        const isLost = !isCaughtUp && (await isForgotten(db, cursor));
        isCaughtUp = true;
        if (events.length > replayLimit || isLost) {
          cursor = await headCursor(db);
          return send(frame({ id: cursor, event: "reset", data: {} }));
        }
        for (const { cursor: at, ...event } of events) {
          cursor = at;
          send(frame({ id: at, event: "change", data: event }));
        }
      };
      const queue = () => {
        reading = reading
          .then(() => (open ? catchUp() : undefined))
          .catch((error) => log.warn({ err: error }, "live replay failed"));
      };
      const hear = (heard: Heard) => {
        if (heard.kind !== "facts") return queue();
        // Told once at the end of a burst, so that the last of it is never the one that is left out.
        const { topic, id } = heard;
        const key = `${topic}/${id}`;
        if (waiting.has(key)) return;
        waiting.add(key);
        setTimeout(() => {
          waiting.delete(key);
          send(frame({ event: "facts", data: { topic, id } }));
        }, factsMs).unref();
      };

      const off = listener.on(hear);
      const uncount = countStream();
      const heartbeat = setInterval(async () => {
        if (await check()) send(frame({ event: "heartbeat", data: { at: new Date().toISOString() } }));
      }, heartbeatMs);
      stop = () => {
        if (!open) return;
        open = false;
        off();
        uncount();
        options.onEnd?.();
        clearInterval(heartbeat);
        signal.removeEventListener("abort", stop);
        controller.close();
      };
      signal.addEventListener("abort", stop);
      // Nobody waits for it any more, and no event will say so.
      if (signal.aborted) return stop();
      send(`retry: 1000\n\n`);
      await begin().catch(() => undefined);
      send(frame({ ...(cursor === undefined ? {} : { id: cursor }), event: "hello", data: {} }));
      queue();
    },
    cancel() {
      stop();
    },
  });
}
