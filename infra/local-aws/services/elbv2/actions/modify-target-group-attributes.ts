import type {
  ModifyTargetGroupAttributesCommandInput,
  ModifyTargetGroupAttributesCommandOutput,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import { applyAttributes, listAttributes } from "../attributes.ts";
import type { Elb } from "../elb.ts";
import { targetGroupOf } from "../state.ts";

/** Attributes that are not named stay as they are. */
export function modifyTargetGroupAttributes(
  elb: Elb,
  input: ModifyTargetGroupAttributesCommandInput,
  caller: Caller,
): Answer<ModifyTargetGroupAttributesCommandOutput> {
  const record = targetGroupOf(elb.state, caller, input.TargetGroupArn);
  record.attributes = applyAttributes("Target group", record.attributes, input.Attributes);
  elb.changed();
  caller.record?.("changed", record.arn);
  return { Attributes: listAttributes(record.attributes) };
}
