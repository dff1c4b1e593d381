import type {
  InputLogEvent,
  PutLogEventsCommandInput,
  PutLogEventsCommandOutput,
} from "@aws-sdk/client-cloudwatch-logs";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import { invalidParameter } from "../errors.ts";
import type { Groups } from "../groups.ts";
import { groupOf, streamOf } from "../lookup.ts";

const LARGEST_BATCH = 10_000;
const LONGEST_EVENT = 1_048_576;
const HOUR_MS = 60 * 60 * 1000;
const PAST_MS = 14 * 24 * HOUR_MS;
const FUTURE_MS = 2 * HOUR_MS;

/** Events too far from now are left out and reported, as on AWS; the rest is stored. */
export function putLogEvents(
  groups: Groups,
  input: PutLogEventsCommandInput,
  caller: Caller,
): Answer<PutLogEventsCommandOutput> {
  const group = groupOf(groups, caller, input.logGroupName);
  const stream = streamOf(group, input.logStreamName);
  const events = readBatch(input.logEvents ?? []);
  const now = Date.now();
  const tooOld = events.filter(({ timestamp }) => timestamp < now - PAST_MS).length;
  const firstTooNew = events.findIndex(({ timestamp }) => timestamp > now + FUTURE_MS);
  groups.append(group, stream, events.slice(tooOld, firstTooNew < 0 ? undefined : firstTooNew));
  const rejected = {
    ...(tooOld > 0 ? { tooOldLogEventEndIndex: tooOld } : {}),
    ...(firstTooNew >= 0 ? { tooNewLogEventStartIndex: firstTooNew } : {}),
  };
  return { nextSequenceToken: "0", ...(Object.keys(rejected).length > 0 ? { rejectedLogEventsInfo: rejected } : {}) };
}

type BatchedEvent = { timestamp: number; message: string };

function readBatch(inputs: InputLogEvent[]): BatchedEvent[] {
  const events = inputs.map(readEvent);
  if (events.length === 0 || events.length > LARGEST_BATCH)
    throw invalidParameter(`A batch has 1 to ${LARGEST_BATCH} log events.`);
  events.forEach((event, index) => {
    if (event.timestamp < (events[index - 1]?.timestamp ?? 0))
      throw invalidParameter("Log events in a single PutLogEvents request must be in chronological order.");
  });
  return events;
}

function readEvent({ timestamp, message }: InputLogEvent): BatchedEvent {
  if (timestamp === undefined || !Number.isInteger(timestamp) || timestamp < 0)
    throw invalidParameter("The timestamp of a log event is invalid.");
  if (!message) throw invalidParameter("Log event message is null or empty.");
  if (Buffer.byteLength(message) > LONGEST_EVENT)
    throw invalidParameter(`Log event too large: at most ${LONGEST_EVENT} bytes.`);
  return { timestamp, message };
}
