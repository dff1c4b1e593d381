import type { ListTagsForResourceCommandInput, ListTagsForResourceCommandOutput } from "@aws-sdk/client-ecs";
import type { Caller, World } from "../../../contract.ts";
import { engineOf } from "../engine.ts";
import { requireTaggable } from "../taggable.ts";
import type { Answer } from "../../answer.ts";

/** A resource that was never tagged has no tags, which is no error. */
export function listTagsForResource(
  world: World,
  { resourceArn }: ListTagsForResourceCommandInput,
  caller: Caller,
): Answer<ListTagsForResourceCommandOutput> {
  const engine = engineOf(world);
  return { tags: engine.state.tags[requireTaggable(engine, caller, resourceArn)] ?? [] };
}
