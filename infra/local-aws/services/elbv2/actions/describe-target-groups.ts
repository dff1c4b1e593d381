import type {
  DescribeTargetGroupsCommandInput,
  DescribeTargetGroupsCommandOutput,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { AwsError } from "../../../contract.ts";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import { isOwn } from "../../place.ts";
import type { Elb } from "../elb.ts";
import { pageOf } from "../page.ts";
import { renderTargetGroup } from "../render/target-group.ts";
import { loadBalancerOf, loadBalancersUsing, targetGroupOf } from "../state.ts";

/** By name, ARN or load balancer, or all; what does not exist refuses the call. */
export function describeTargetGroups(
  elb: Elb,
  { Names: names = [], TargetGroupArns: arns = [], LoadBalancerArn: usedBy, ...page }: DescribeTargetGroupsCommandInput,
  caller: Caller,
): Answer<DescribeTargetGroupsCommandOutput> {
  const { state } = elb;
  const own = Object.values(state.targetGroups).filter((one) => isOwn(caller, one.arn));
  if (names.some((name) => !own.some((one) => one.name === name)))
    throw new AwsError("TargetGroupNotFound", "One or more target groups not found");
  for (const arn of arns) targetGroupOf(state, caller, arn);
  if (usedBy !== undefined) loadBalancerOf(state, caller, usedBy);
  const wanted = own
    .filter((one) => names.length === 0 || names.includes(one.name))
    .filter((one) => arns.length === 0 || arns.includes(one.arn))
    .filter((one) => usedBy === undefined || loadBalancersUsing(state, one.arn).includes(usedBy));
  const { items, ...marker } = pageOf(wanted, page);
  return { TargetGroups: items.map((one) => renderTargetGroup(elb, one)), ...marker };
}
