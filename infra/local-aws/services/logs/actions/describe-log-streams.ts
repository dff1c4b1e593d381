import type { DescribeLogStreamsCommandInput, DescribeLogStreamsCommandOutput } from "@aws-sdk/client-cloudwatch-logs";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import { invalidParameter } from "../errors.ts";
import type { Groups } from "../groups.ts";
import { groupOf } from "../lookup.ts";
import { pageOf } from "../paging.ts";
import { renderLogStream } from "../render/log-stream.ts";
import type { LogStream } from "../stream.ts";

/** Streams in order of their names or of their last events. */
export function describeLogStreams(
  groups: Groups,
  input: DescribeLogStreamsCommandInput,
  caller: Caller,
): Answer<DescribeLogStreamsCommandOutput> {
  const group = groupOf(groups, caller, input.logGroupName, input.logGroupIdentifier);
  const { logStreamNamePrefix: prefix } = input;
  const byTime = input.orderBy === "LastEventTime";
  if (byTime && prefix !== undefined)
    throw invalidParameter("Cannot order by LastEventTime with a logStreamNamePrefix.");
  const lastEvent = (stream: LogStream) => stream.events.at(-1)?.timestamp ?? 0;
  const found = [...group.streams.values()]
    .filter(({ name }) => prefix === undefined || name.startsWith(prefix))
    .sort((a, b) => (byTime ? lastEvent(a) - lastEvent(b) : a.name < b.name ? -1 : 1));
  if (input.descending) found.reverse();
  const { items, ...next } = pageOf(found, input);
  return { logStreams: items.map((stream) => renderLogStream(caller, group.name, stream)), ...next };
}
