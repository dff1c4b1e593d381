import type {
  DescribeTargetHealthCommandInput,
  DescribeTargetHealthCommandOutput,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import type { Elb } from "../elb.ts";
import { renderMember, renderStranger } from "../render/target-health.ts";
import { targetGroupOf } from "../state.ts";
import { membersLike } from "../targets.ts";

/** Of all targets of a group, or of those that are named, registered or not. */
export function describeTargetHealth(
  elb: Elb,
  { TargetGroupArn: groupArn, Targets: targets }: DescribeTargetHealthCommandInput,
  caller: Caller,
): Answer<DescribeTargetHealthCommandOutput> {
  const group = targetGroupOf(elb.state, caller, groupArn);
  if (!targets)
    return { TargetHealthDescriptions: elb.pool.members(group.arn).map((member) => renderMember(group, member)) };
  const asked = targets.flatMap((target) => {
    const found = membersLike(elb, group, target);
    return found.length > 0 ? found.map((member) => renderMember(group, member)) : [renderStranger(group, target)];
  });
  return { TargetHealthDescriptions: asked };
}
