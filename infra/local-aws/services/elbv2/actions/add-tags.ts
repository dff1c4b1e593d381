import type { AddTagsCommandInput } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Caller } from "../../../contract.ts";
import type { Elb } from "../elb.ts";
import { requireTaggable } from "../taggable.ts";
import { saveTags } from "../validate.ts";

/** A key that is there already gets the new value. */
export function addTags(elb: Elb, input: AddTagsCommandInput, caller: Caller): void {
  const arns = requireTaggable(elb.state, caller, input.ResourceArns);
  for (const arn of arns) saveTags(elb, arn, input.Tags);
  elb.changed();
  caller.record?.("changed", arns[0]);
}
