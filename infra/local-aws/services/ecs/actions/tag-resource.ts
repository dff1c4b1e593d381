import type { TagResourceCommandInput, TagResourceCommandOutput } from "@aws-sdk/client-ecs";
import { isDeepStrictEqual } from "node:util";
import type { Caller, World } from "../../../contract.ts";
import { engineOf } from "../engine.ts";
import { requireTaggable } from "../taggable.ts";
import { addTags } from "../tags.ts";
import type { Answer } from "../../answer.ts";

/** Clusters, services, tasks and task definitions; at most 50 tags each. */
export function tagResource(
  world: World,
  { resourceArn, tags }: TagResourceCommandInput,
  caller: Caller,
): Answer<TagResourceCommandOutput> {
  const engine = engineOf(world);
  const arn = requireTaggable(engine, caller, resourceArn);
  const before = engine.state.tags[arn];
  addTags(engine, arn, tags);
  caller.record?.(isDeepStrictEqual(before, engine.state.tags[arn]) ? "none" : "changed", arn);
  return {};
}
