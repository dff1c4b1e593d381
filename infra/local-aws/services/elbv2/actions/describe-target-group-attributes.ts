import type {
  DescribeTargetGroupAttributesCommandInput,
  DescribeTargetGroupAttributesCommandOutput,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import { listAttributes } from "../attributes.ts";
import type { Elb } from "../elb.ts";
import { targetGroupOf } from "../state.ts";

export function describeTargetGroupAttributes(
  { state }: Elb,
  input: DescribeTargetGroupAttributesCommandInput,
  caller: Caller,
): Answer<DescribeTargetGroupAttributesCommandOutput> {
  return { Attributes: listAttributes(targetGroupOf(state, caller, input.TargetGroupArn).attributes) };
}
