import type { DeleteLogGroupCommandInput } from "@aws-sdk/client-cloudwatch-logs";
import type { Caller } from "../../../contract.ts";
import { groupArn } from "../group-arn.ts";
import type { Groups } from "../groups.ts";
import { groupOf } from "../lookup.ts";

/** With its streams and events. */
export function deleteLogGroup(groups: Groups, input: DeleteLogGroupCommandInput, caller: Caller): void {
  const { name } = groupOf(groups, caller, input.logGroupName);
  groups.remove(caller, name);
  caller.record?.("changed", groupArn(caller, name));
}
