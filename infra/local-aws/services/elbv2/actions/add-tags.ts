import type { AddTagsCommandInput } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Caller } from "../../../contract.ts";
import type { Elb } from "../elb.ts";
import { requireTaggable } from "../taggable.ts";
import { mergeTags, readTags } from "../tags.ts";

/** A key that is there already gets the new value. */
export function addTags(elb: Elb, input: AddTagsCommandInput, caller: Caller): void {
  const arns = requireTaggable(elb.state, caller, input.ResourceArns);
  const added = readTags(input.Tags);
  const merged = arns.map((arn) => [arn, mergeTags(elb.state.tags[arn], added)] as const);
  Object.assign(elb.state.tags, Object.fromEntries(merged));
  elb.changed();
  caller.record?.("changed", arns[0]);
}
