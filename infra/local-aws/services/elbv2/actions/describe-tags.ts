import type { DescribeTagsCommandInput, DescribeTagsCommandOutput } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import type { Elb } from "../elb.ts";
import { requireTaggable } from "../taggable.ts";

export function describeTags(
  { state }: Elb,
  input: DescribeTagsCommandInput,
  caller: Caller,
): Answer<DescribeTagsCommandOutput> {
  return {
    TagDescriptions: requireTaggable(state, caller, input.ResourceArns).map((arn) => ({
      ResourceArn: arn,
      Tags: Object.entries(state.tags[arn] ?? {}).map(([Key, Value]) => ({ Key, Value })),
    })),
  };
}
