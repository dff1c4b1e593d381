import { invalidParameter } from "./errors.ts";

/** A place between two events: after the event of this time and sequence. */
export type Cursor = { timestamp: number; sequence: number };

export function tokenOf(prefix: string, cursor: Cursor): string {
  return `${prefix}/${String(cursor.timestamp).padStart(15, "0")}${String(cursor.sequence).padStart(41, "0")}`;
}

/** Throws when the token has none of the prefixes or is not one of ours. */
export function parseToken(token: string, prefixes: string): { prefix: string; cursor: Cursor } {
  const [, prefix = "", timestamp, sequence] = /^([a-z])\/(\d{15})(\d{41})$/.exec(token) ?? [];
  if (!prefixes.includes(prefix) || prefix === "") throw invalidParameter("The specified nextToken is invalid.");
  return { prefix, cursor: { timestamp: Number(timestamp), sequence: Number(sequence) } };
}

/** Negative when the event comes before the cursor. */
export function compare(event: Cursor, cursor: Cursor): number {
  return event.timestamp - cursor.timestamp || event.sequence - cursor.sequence;
}

/** 56 digits, as CloudWatch's. */
export function eventId(event: Cursor): string {
  return tokenOf("e", event).slice(2);
}
