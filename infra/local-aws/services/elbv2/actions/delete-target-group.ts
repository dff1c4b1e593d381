import type { DeleteTargetGroupCommandInput } from "@aws-sdk/client-elastic-load-balancing-v2";
import { AwsError } from "../../../contract.ts";
import type { Caller } from "../../../contract.ts";
import { isOwn } from "../../place.ts";
import type { Elb } from "../elb.ts";
import { loadBalancersUsing } from "../state.ts";

/** Refused while anything forwards to the group; one that does not exist is deleted already. */
export function deleteTargetGroup(
  { state, pool, changed }: Elb,
  { TargetGroupArn: arn = "" }: DeleteTargetGroupCommandInput,
  caller: Caller,
): void {
  if (!isOwn(caller, arn) || !state.targetGroups[arn]) return caller.record?.("none", arn);
  if (loadBalancersUsing(state, arn).length > 0) {
    throw new AwsError("ResourceInUse", `Target group '${arn}' is currently in use by a listener or a rule`);
  }
  delete state.targetGroups[arn];
  delete state.targets[arn];
  delete state.tags[arn];
  pool.drop(arn);
  changed();
  caller.record?.("changed", arn);
}
