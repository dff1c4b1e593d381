import type { Tag } from "@aws-sdk/client-ecs";
import type { Engine } from "./engine.ts";
import { invalid } from "./errors.ts";

const MOST_TAGS = 50;

/** Adds tags to a resource, replacing those of the same key. */
export function setTags({ state }: Engine, arn: string, tags: Tag[] = []): void {
  if (tags.length === 0) return;
  const merged = new Map((state.tags[arn] ?? []).map((tag) => [tag.key, tag]));
  for (const tag of tags) {
    if (!tag.key || tag.key.startsWith("aws:")) throw invalid("Invalid tag key.");
    merged.set(tag.key, { key: tag.key, value: tag.value ?? "" });
  }
  if (merged.size > MOST_TAGS) throw invalid(`A resource can have at most ${MOST_TAGS} tags.`);
  state.tags[arn] = [...merged.values()];
  state.save("tags");
}
