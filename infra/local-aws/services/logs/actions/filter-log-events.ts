import type { FilterLogEventsCommandInput, FilterLogEventsCommandOutput } from "@aws-sdk/client-cloudwatch-logs";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import { invalidParameter } from "../errors.ts";
import { eventLimit } from "../event-limit.ts";
import { parseFilterPattern } from "../filter-pattern.ts";
import type { Groups, LogGroup } from "../groups.ts";
import { groupOf, streamOf } from "../lookup.ts";
import { position } from "../stream.ts";
import type { LogEvent, LogStream } from "../stream.ts";
import { compare, eventId, parseToken, tokenOf } from "../token.ts";

/** Bytes of messages per answer. */
const LARGEST_ANSWER = 1_048_576;
const MOST_STREAMS = 100;

/** Reads all or some streams of a group interleaved by time, both ends of the range inclusive. */
export function filterLogEvents(
  groups: Groups,
  input: FilterLogEventsCommandInput,
  caller: Caller,
): Answer<FilterLogEventsCommandOutput> {
  const group = groupOf(groups, caller, input.logGroupName, input.logGroupIdentifier);
  const limit = eventLimit(input.limit);
  const matches = parseFilterPattern(input.filterPattern);
  const candidates = candidatesOf(chooseStreams(group, input), input);
  const page: Candidate[] = [];
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

type Candidate = { event: LogEvent; stream: LogStream };

/** Events of the range in order, from where the last page ended. */
function candidatesOf(
  streams: LogStream[],
  { startTime, endTime, nextToken }: FilterLogEventsCommandInput,
): Candidate[] {
  const after = nextToken === undefined ? undefined : parseToken(nextToken, "n").cursor;
  const from = Math.max(startTime ?? 0, after?.timestamp ?? 0);
  const to = endTime ?? Infinity;
  return streams
    .flatMap((stream) =>
      stream.events
        .slice(position(stream.events, from), position(stream.events, to + 1))
        .map((event) => ({ event, stream })),
    )
    .filter(({ event }) => !after || compare(event, after) > 0)
    .sort((a, b) => compare(a.event, b.event));
}

function chooseStreams(group: LogGroup, input: FilterLogEventsCommandInput): LogStream[] {
  const { logStreamNames: names, logStreamNamePrefix: prefix } = input;
  if (names && prefix !== undefined)
    throw invalidParameter("logStreamNames and logStreamNamePrefix are mutually exclusive.");
  if ((names?.length ?? 0) > MOST_STREAMS)
    throw invalidParameter(
      `1 validation error detected: Value at 'logStreamNames' failed to satisfy constraint: Member must have length less than or equal to ${MOST_STREAMS}`,
    );
  if (names) return [...new Set(names)].map((name) => streamOf(group, name));
  return [...group.streams.values()].filter(({ name }) => prefix === undefined || name.startsWith(prefix));
}
