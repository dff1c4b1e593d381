import type { DeleteLogStreamCommandInput } from "@aws-sdk/client-cloudwatch-logs";
import type { Caller } from "../../../contract.ts";
import type { Groups } from "../groups.ts";
import { groupOf, streamOf } from "../lookup.ts";

/** With its events. */
export function deleteLogStream(groups: Groups, input: DeleteLogStreamCommandInput, caller: Caller): void {
  const group = groupOf(groups, caller, input.logGroupName);
  groups.removeStream(group, streamOf(group, input.logStreamName).name);
}
