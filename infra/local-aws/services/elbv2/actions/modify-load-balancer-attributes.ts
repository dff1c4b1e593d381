import type {
  ModifyLoadBalancerAttributesCommandInput,
  ModifyLoadBalancerAttributesCommandOutput,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import { applyAttributes, listAttributes } from "../attributes.ts";
import type { Elb } from "../elb.ts";
import { loadBalancerOf } from "../state.ts";

/** Attributes that are not named stay as they are. */
export function modifyLoadBalancerAttributes(
  elb: Elb,
  input: ModifyLoadBalancerAttributesCommandInput,
  caller: Caller,
): Answer<ModifyLoadBalancerAttributesCommandOutput> {
  const record = loadBalancerOf(elb.state, caller, input.LoadBalancerArn);
  record.attributes = applyAttributes("load balancer", record.attributes, input.Attributes);
  elb.changed();
  caller.record?.("changed", record.arn);
  return { Attributes: listAttributes(record.attributes) };
}
