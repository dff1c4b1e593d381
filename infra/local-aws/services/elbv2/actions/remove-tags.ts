import type { RemoveTagsCommandInput } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Caller } from "../../../contract.ts";
import type { Elb } from "../elb.ts";
import { requireTaggable } from "../taggable.ts";

/** Keys that are not there are passed over. */
export function removeTags({ state, changed }: Elb, input: RemoveTagsCommandInput, caller: Caller): void {
  const arns = requireTaggable(state, caller, input.ResourceArns);
  for (const arn of arns) for (const key of input.TagKeys ?? []) delete state.tags[arn]?.[key];
  changed();
  caller.record?.("changed", arns[0]);
}
