import { position } from "./stream.ts";
import type { LogEvent } from "./stream.ts";
import { compare, parseToken } from "./token.ts";
import type { Cursor } from "./token.ts";

type Window = {
  events: LogEvent[];
  /** First index and the one after the last that the call's times allow. */
  low: number;
  high: number;
  limit: number;
  token: string | undefined;
  fromHead: boolean;
};

/** Indexes of a page. A forward token means after its event, a backward one before it. */
export function windowOf({ events, low, high, limit, token, fromHead }: Window): [start: number, end: number] {
  if (token === undefined) {
    return fromHead ? [low, Math.min(high, low + limit)] : [Math.max(low, high - limit), Math.max(low, high)];
  }
  const { prefix, cursor } = parseToken(token, "fb");
  let at = position(events, cursor.timestamp);
  while (at < events.length && compare(events[at] ?? cursor, cursor) < (prefix === "f" ? 1 : 0)) at += 1;
  at = Math.min(Math.max(at, low), Math.max(low, high));
  return prefix === "f" ? [at, Math.min(Math.max(high, at), at + limit)] : [Math.max(low, at - limit), at];
}

type Ends = { forward: Cursor; backward: Cursor };

const START: Cursor = { timestamp: 0, sequence: 0 };

/** Where a page ends either way; that of an empty one is its token's own, so that asking again finds what came since. */
export function endsOf(page: LogEvent[], token: string | undefined): Ends {
  const [first, last] = [page[0], page.at(-1)];
  if (first && last) return { forward: last, backward: first };
  if (token === undefined) return { forward: START, backward: START };
  const { prefix, cursor } = parseToken(token, "fb");
  // The event of a backward token lies ahead of it, that of a forward token behind it.
  return prefix === "f"
    ? { forward: cursor, backward: { ...cursor, sequence: cursor.sequence + 1 } }
    : { forward: { ...cursor, sequence: Math.max(0, cursor.sequence - 1) }, backward: cursor };
}
