import type { GetLogEventsCommandInput, GetLogEventsCommandOutput } from "@aws-sdk/client-cloudwatch-logs";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import { eventLimit } from "../event-limit.ts";
import type { Groups } from "../groups.ts";
import { groupOf, streamOf } from "../lookup.ts";
import { endsOf, windowOf } from "../read-window.ts";
import { position } from "../stream.ts";
import { tokenOf } from "../token.ts";

/** Reads one stream forward or backward; at either end the token that was given comes back. */
export function getLogEvents(
  groups: Groups,
  input: GetLogEventsCommandInput,
  caller: Caller,
): Answer<GetLogEventsCommandOutput> {
  const group = groupOf(groups, caller, input.logGroupName, input.logGroupIdentifier);
  const { events } = streamOf(group, input.logStreamName);
  const [start, end] = windowOf({
    events,
    low: input.startTime === undefined ? 0 : position(events, input.startTime),
    // The end is exclusive here, unlike that of FilterLogEvents.
    high: input.endTime === undefined ? events.length : position(events, input.endTime),
    limit: eventLimit(input.limit),
    token: input.nextToken,
    fromHead: input.startFromHead ?? false,
  });
  const page = events.slice(start, end);
  const { forward, backward } = endsOf(page, input.nextToken);
  return {
    events: page.map(({ timestamp, message, ingestionTime }) => ({ timestamp, message, ingestionTime })),
    nextForwardToken: tokenOf("f", forward),
    nextBackwardToken: tokenOf("b", backward),
  };
}
