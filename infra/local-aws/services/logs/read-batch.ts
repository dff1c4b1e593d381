import type { InputLogEvent } from "@aws-sdk/client-cloudwatch-logs";
import { invalidParameter } from "./errors.ts";

const MOST_EVENTS = 10_000;
const LARGEST_BATCH = 1_048_576;
/** What each event counts for beside its message. */
const EVENT_OVERHEAD = 26;
const LONGEST_SPAN_MS = 24 * 60 * 60 * 1000;

type BatchedEvent = { timestamp: number; message: string };

/** The events of one PutLogEvents, within the limits that its documentation names; any breach refuses all of them. */
export function readBatch(inputs: InputLogEvent[]): BatchedEvent[] {
  const events = inputs.map(readEvent);
  if (events.length === 0 || events.length > MOST_EVENTS)
    throw invalidParameter(`A batch has 1 to ${MOST_EVENTS} log events.`);
  const bytes = events.reduce((sum, { message }) => sum + Buffer.byteLength(message) + EVENT_OVERHEAD, 0);
  if (bytes > LARGEST_BATCH)
    throw invalidParameter(`Upload too large: ${bytes} bytes exceeds limit of ${LARGEST_BATCH}`);
  events.forEach((event, index) => {
    if (event.timestamp < (events[index - 1]?.timestamp ?? 0))
      throw invalidParameter("Log events in a single PutLogEvents request must be in chronological order.");
  });
  const [first, last] = [events[0]?.timestamp ?? 0, events.at(-1)?.timestamp ?? 0];
  if (last - first > LONGEST_SPAN_MS)
    throw invalidParameter("The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
  return events;
}

function readEvent({ timestamp, message }: InputLogEvent): BatchedEvent {
  if (timestamp === undefined || !Number.isInteger(timestamp) || timestamp < 0)
    throw invalidParameter("The timestamp of a log event is invalid.");
  if (!message) throw invalidParameter("Log event message is null or empty.");
  return { timestamp, message };
}
