import type { AddTagsInput, DescribeTagsInput, RemoveTagsInput } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Caller } from "../../../contract.ts";
import type { Elb } from "../elb.ts";
import { listenerOf, loadBalancerOf, ruleOf, targetGroupOf } from "../state.ts";
import { invalid, saveTags } from "../validate.ts";

/** Throws the not-found error of the ARN's own kind. */
function assertExists(elb: Elb, caller: Caller, arn: string): void {
  const kind = arn.split(":")[5]?.split("/")[0];
  if (kind === "targetgroup") targetGroupOf(elb.state, caller, arn);
  else if (kind === "listener") listenerOf(elb.state, caller, arn);
  else if (kind === "listener-rule") ruleOf(elb.state, caller, arn);
  else loadBalancerOf(elb.state, caller, arn);
}

/** ARNs of things that exist; at least one. */
function resources(elb: Elb, caller: Caller, arns: string[] | undefined): string[] {
  if (!arns?.length) throw invalid("At least one resource ARN must be specified");
  for (const arn of arns) assertExists(elb, caller, arn);
  return arns;
}

export function addTags(elb: Elb, input: AddTagsInput, caller: Caller) {
  const arns = resources(elb, caller, input.ResourceArns);
  for (const arn of arns) saveTags(elb, arn, input.Tags);
  elb.changed();
  caller.record?.("changed", arns[0]);
}

export function removeTags(elb: Elb, input: RemoveTagsInput, caller: Caller) {
  const arns = resources(elb, caller, input.ResourceArns);
  for (const arn of arns) for (const key of input.TagKeys ?? []) delete elb.state.tags[arn]?.[key];
  elb.changed();
  caller.record?.("changed", arns[0]);
}

export function describeTags(elb: Elb, input: DescribeTagsInput, caller: Caller) {
  const arns = resources(elb, caller, input.ResourceArns);
  return {
    TagDescriptions: arns.map((arn) => ({
      ResourceArn: arn,
      Tags: Object.entries(elb.state.tags[arn] ?? {}).map(([Key, Value]) => ({ Key, Value })),
    })),
  };
}
