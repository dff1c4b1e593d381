import type { DeleteRetentionPolicyCommandInput } from "@aws-sdk/client-cloudwatch-logs";
import type { Caller } from "../../../contract.ts";
import type { Groups } from "../groups.ts";
import { groupOf } from "../lookup.ts";

/** From then on events never expire. */
export function deleteRetentionPolicy(groups: Groups, input: DeleteRetentionPolicyCommandInput, caller: Caller): void {
  const group = groupOf(groups, caller, input.logGroupName);
  delete group.saved.retentionInDays;
  groups.touch();
}
