import type {
  FilterLogEventsRequest,
  GetLogEventsRequest,
  InputLogEvent,
  PutLogEventsRequest,
} from "@aws-sdk/client-cloudwatch-logs";
import type { Caller } from "../../../contract.ts";
import { groupOf, invalidParameter, streamOf } from "../errors.ts";
import { parseFilterPattern } from "../filter-pattern.ts";
import type { Groups, LogGroup } from "../groups.ts";
import { position } from "../stream.ts";
import type { LogEvent, LogStream } from "../stream.ts";
import { compare, eventId, parseToken, tokenOf } from "../token.ts";
import type { Cursor } from "../token.ts";

const LARGEST_PAGE = 10_000;
/** Bytes of messages per answer. */
const LARGEST_ANSWER = 1_048_576;
const LARGEST_BATCH = 10_000;
const LONGEST_EVENT = 1_048_576;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Events too far from now are left out and reported, as on AWS; the rest is stored. */
export function putLogEvents(groups: Groups, input: PutLogEventsRequest, caller: Caller) {
  const group = groupOf(groups, caller, input.logGroupName);
  const stream = streamOf(group, input.logStreamName);
  const events = (input.logEvents ?? []).map(readEvent);
  if (events.length === 0 || events.length > LARGEST_BATCH)
    throw invalidParameter(`A batch has 1 to ${LARGEST_BATCH} log events.`);
  events.forEach((event, index) => {
    if (event.timestamp < (events[index - 1]?.timestamp ?? 0))
      throw invalidParameter("Log events in a single PutLogEvents request must be in chronological order.");
  });
  const now = Date.now();
  const tooOld = events.filter(({ timestamp }) => timestamp < now - 14 * DAY_MS).length;
  const firstTooNew = events.findIndex(({ timestamp }) => timestamp > now + DAY_MS / 12);
  groups.append(group, stream, events.slice(tooOld, firstTooNew < 0 ? undefined : firstTooNew));
  const rejected = {
    ...(tooOld > 0 ? { tooOldLogEventEndIndex: tooOld } : {}),
    ...(firstTooNew >= 0 ? { tooNewLogEventStartIndex: firstTooNew } : {}),
  };
  return { nextSequenceToken: "0", ...(Object.keys(rejected).length > 0 ? { rejectedLogEventsInfo: rejected } : {}) };
}

function readEvent({ timestamp, message }: InputLogEvent): { timestamp: number; message: string } {
  if (timestamp === undefined || !Number.isInteger(timestamp) || timestamp < 0)
    throw invalidParameter("The timestamp of a log event is invalid.");
  if (!message) throw invalidParameter("Log event message is null or empty.");
  if (Buffer.byteLength(message) > LONGEST_EVENT)
    throw invalidParameter(`Log event too large: at most ${LONGEST_EVENT} bytes.`);
  return { timestamp, message };
}

/** Reads one stream forward or backward; at either end the token that was given comes back. */
export function getLogEvents(groups: Groups, input: GetLogEventsRequest, caller: Caller) {
  const group = groupOf(groups, caller, input.logGroupName, input.logGroupIdentifier);
  const { events } = streamOf(group, input.logStreamName);
  const limit = checkLimit(input.limit);
  const low = input.startTime === undefined ? 0 : position(events, input.startTime);
  // The end is exclusive here, unlike that of FilterLogEvents.
  const high = input.endTime === undefined ? events.length : position(events, input.endTime);
  const [start, end] = window({
    events,
    low,
    high,
    limit,
    token: input.nextToken,
    fromHead: input.startFromHead ?? false,
  });
  const page = events.slice(start, end);
  const { forward, backward } = page.length === 0 ? ends(input.nextToken) : { forward: page.at(-1), backward: page[0] };
  return {
    events: page.map(({ timestamp, message, ingestionTime }) => ({ timestamp, message, ingestionTime })),
    nextForwardToken: tokenOf("f", forward ?? START),
    nextBackwardToken: tokenOf("b", backward ?? START),
  };
}

const START: Cursor = { timestamp: 0, sequence: 0 };

/** Cursors of an empty page: the token's own, so that asking again finds what came since. */
function ends(token: string | undefined): { forward?: Cursor; backward?: Cursor } {
  if (token === undefined) return {};
  const { prefix, cursor } = parseToken(token, "fb");
  // The event of a backward token lies ahead of it, that of a forward token behind it.
  return prefix === "f"
    ? { forward: cursor, backward: { ...cursor, sequence: cursor.sequence + 1 } }
    : { forward: { ...cursor, sequence: Math.max(0, cursor.sequence - 1) }, backward: cursor };
}

type Window = {
  events: LogEvent[];
  low: number;
  high: number;
  limit: number;
  token: string | undefined;
  fromHead: boolean;
};

/** Indexes of a page. A forward token means after its event, a backward one before it. */
function window({ events, low, high, limit, token, fromHead }: Window): [start: number, end: number] {
  if (token === undefined) {
    return fromHead ? [low, Math.min(high, low + limit)] : [Math.max(low, high - limit), Math.max(low, high)];
  }
  const { prefix, cursor } = parseToken(token, "fb");
  let at = position(events, cursor.timestamp);
  while (at < events.length && compare(events[at] ?? cursor, cursor) < (prefix === "f" ? 1 : 0)) at += 1;
  at = Math.min(Math.max(at, low), Math.max(low, high));
  return prefix === "f" ? [at, Math.min(Math.max(high, at), at + limit)] : [Math.max(low, at - limit), at];
}

function checkLimit(limit = LARGEST_PAGE): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= LARGEST_PAGE) return limit;
  throw invalidParameter(
    `1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value less than or equal to ${LARGEST_PAGE}`,
  );
}

/** Reads all or some streams of a group interleaved by time, both ends of the range inclusive. */
export function filterLogEvents(groups: Groups, input: FilterLogEventsRequest, caller: Caller) {
  const group = groupOf(groups, caller, input.logGroupName, input.logGroupIdentifier);
  const limit = checkLimit(input.limit);
  const matches = parseFilterPattern(input.filterPattern);
  const after = input.nextToken === undefined ? undefined : parseToken(input.nextToken, "n").cursor;
  const from = Math.max(input.startTime ?? 0, after?.timestamp ?? 0);
  const to = input.endTime ?? Infinity;
  const candidates = chooseStreams(group, input)
    .flatMap((stream) =>
      stream.events
        .slice(position(stream.events, from), position(stream.events, to + 1))
        .map((event) => ({ event, stream })),
    )
    .filter(({ event }) => !after || compare(event, after) > 0)
    .sort((a, b) => compare(a.event, b.event));

  const page: typeof candidates = [];
  let bytes = 0;
  for (const candidate of candidates) {
    if (!matches(candidate.event.message)) continue;
    bytes += Buffer.byteLength(candidate.event.message);
    if (page.length === limit || (bytes > LARGEST_ANSWER && page.length > 0)) break;
    page.push(candidate);
  }
  const last = page.at(-1);
  const isMore =
    last !== undefined && candidates.slice(candidates.indexOf(last) + 1).some(({ event }) => matches(event.message));
  return {
    events: page.map(({ event, stream }) => ({
      logStreamName: stream.name,
      timestamp: event.timestamp,
      message: event.message,
      ingestionTime: event.ingestionTime,
      eventId: eventId(event),
    })),
    searchedLogStreams: [],
    ...(isMore ? { nextToken: tokenOf("n", last.event) } : {}),
  };
}

function chooseStreams(group: LogGroup, input: FilterLogEventsRequest): LogStream[] {
  const { logStreamNames: names, logStreamNamePrefix: prefix } = input;
  if (names && prefix !== undefined)
    throw invalidParameter("logStreamNames and logStreamNamePrefix are mutually exclusive.");
  if (names) return [...new Set(names)].map((name) => streamOf(group, name));
  return [...group.streams.values()].filter(({ name }) => prefix === undefined || name.startsWith(prefix));
}
