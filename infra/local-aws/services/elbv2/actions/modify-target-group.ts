import type {
  ModifyTargetGroupCommandInput,
  ModifyTargetGroupCommandOutput,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import type { Elb } from "../elb.ts";
import { renderTargetGroup } from "../render/target-group.ts";
import { targetGroupOf } from "../state.ts";
import { healthCheckFrom } from "../validate.ts";

/** Health checks are all that can be modified. */
export function modifyTargetGroup(
  elb: Elb,
  input: ModifyTargetGroupCommandInput,
  caller: Caller,
): Answer<ModifyTargetGroupCommandOutput> {
  const record = targetGroupOf(elb.state, caller, input.TargetGroupArn);
  record.healthCheck = healthCheckFrom(input, record.healthCheck);
  elb.changed();
  caller.record?.("changed", record.arn);
  return { TargetGroups: [renderTargetGroup(elb, record)] };
}
