import type { PutRetentionPolicyCommandInput } from "@aws-sdk/client-cloudwatch-logs";
import type { Caller } from "../../../contract.ts";
import { groupArn } from "../group-arn.ts";
import type { Groups } from "../groups.ts";
import { groupOf } from "../lookup.ts";
import { checkRetention } from "../retention.ts";

/** Kept and shown; nothing is deleted by it. */
export function putRetentionPolicy(groups: Groups, input: PutRetentionPolicyCommandInput, caller: Caller): void {
  const group = groupOf(groups, caller, input.logGroupName);
  const days = checkRetention(input.retentionInDays);
  caller.record?.(group.saved.retentionInDays === days ? "none" : "changed", groupArn(caller, group.name));
  group.saved.retentionInDays = days;
  groups.touch();
}
