/** `sequence` is unique over all groups and survives a restart: event ids and page tokens are made of it. */
export type LogEvent = { timestamp: number; ingestionTime: number; message: string; sequence: number };

/** Events are kept in order of timestamp, then of arrival. */
export type LogStream = { name: string; createdAt: number; events: LogEvent[] };

const LINES_PER_STREAM = 10_000;

/** Adds one event in its place and returns by how many the stream grew (less than one when old lines went). */
export function addEvent(stream: LogStream, event: LogEvent): number {
  const { events } = stream;
  const before = events.length;
  const last = events.at(-1);
  if (!last || last.timestamp <= event.timestamp) events.push(event);
  else events.splice(position(events, event.timestamp + 1), 0, event);
  // Dropping in bulk keeps the cost of a line constant.
  if (events.length > LINES_PER_STREAM * 1.2) events.splice(0, events.length - LINES_PER_STREAM);
  return events.length - before;
}

/** Index of the first event at or after `timestamp`. */
export function position(events: LogEvent[], timestamp: number): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle]?.timestamp ?? Infinity) < timestamp) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Drops what arrived first until the streams hold `keep` events together; returns how many remain. */
export function trim(streams: LogStream[], keep: number): number {
  const sequences = streams.flatMap((stream) => stream.events.map((event) => event.sequence)).sort((a, b) => a - b);
  const first = sequences[Math.max(0, sequences.length - keep)] ?? 0;
  for (const stream of streams) stream.events = stream.events.filter((event) => event.sequence >= first);
  return streams.reduce((sum, stream) => sum + stream.events.length, 0);
}
