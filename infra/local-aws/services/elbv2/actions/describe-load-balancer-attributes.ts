import type {
  DescribeLoadBalancerAttributesCommandInput,
  DescribeLoadBalancerAttributesCommandOutput,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import { listAttributes } from "../attributes.ts";
import type { Elb } from "../elb.ts";
import { loadBalancerOf } from "../state.ts";

export function describeLoadBalancerAttributes(
  { state }: Elb,
  input: DescribeLoadBalancerAttributesCommandInput,
  caller: Caller,
): Answer<DescribeLoadBalancerAttributesCommandOutput> {
  return { Attributes: listAttributes(loadBalancerOf(state, caller, input.LoadBalancerArn).attributes) };
}
