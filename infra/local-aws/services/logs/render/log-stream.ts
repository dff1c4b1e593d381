import type { LogStream as LogStreamShape } from "@aws-sdk/client-cloudwatch-logs";
import type { Place } from "../../../contract.ts";
import { groupArn } from "../group-arn.ts";
import type { LogStream } from "../stream.ts";

/** A stream without events has no event times. */
export function renderLogStream(place: Place, group: string, stream: LogStream): LogStreamShape {
  const [first, last] = [stream.events[0], stream.events.at(-1)];
  return {
    logStreamName: stream.name,
    creationTime: stream.createdAt,
    ...(first && last
      ? {
          firstEventTimestamp: first.timestamp,
          lastEventTimestamp: last.timestamp,
          lastIngestionTime: last.ingestionTime,
        }
      : {}),
    uploadSequenceToken: "0",
    arn: `${groupArn(place, group)}:log-stream:${stream.name}`,
    storedBytes: 0,
  };
}
