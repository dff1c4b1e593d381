import type { UntagResourceCommandInput, UntagResourceCommandOutput } from "@aws-sdk/client-ecs";
import type { Caller, World } from "../../../contract.ts";
import { engineOf } from "../engine.ts";
import { requireTaggable } from "../taggable.ts";
import type { Answer } from "../../answer.ts";

/** Keys that the resource does not have are passed over. */
export function untagResource(
  world: World,
  { resourceArn, tagKeys = [] }: UntagResourceCommandInput,
  caller: Caller,
): Answer<UntagResourceCommandOutput> {
  const engine = engineOf(world);
  const arn = requireTaggable(engine, caller, resourceArn);
  const before = engine.state.tags[arn] ?? [];
  const kept = before.filter(({ key }) => !tagKeys.includes(key ?? ""));
  engine.state.tags[arn] = kept;
  engine.state.save("tags");
  caller.record?.(kept.length === before.length ? "none" : "changed", arn);
  return {};
}
