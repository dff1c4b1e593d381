import type { Tag } from "@aws-sdk/client-ecs";
import type { Engine } from "./engine.ts";
import { invalid } from "./errors.ts";

const MOST_TAGS = 50;

/** Tags after `added`, which replace those of the same key. Throws what AWS refuses. */
function merged(before: Tag[], added: Tag[]): Tag[] {
  const tags = new Map(before.map((tag) => [tag.key, tag]));
  for (const tag of added) {
    if (!tag.key || tag.key.startsWith("aws:")) throw invalid("Invalid tag key.");
    tags.set(tag.key, { key: tag.key, value: tag.value ?? "" });
  }
  if (tags.size > MOST_TAGS) throw invalid(`A resource can have at most ${MOST_TAGS} tags.`);
  return [...tags.values()];
}

/** Throws what AWS refuses: to be called before anything is made, so that bad tags leave nothing behind. */
export function checkTags(tags: Tag[] = []): void {
  merged([], tags);
}

/** Tags of something new, in place of those that an earlier thing of the same name had. */
export function setTags({ state }: Engine, arn: string, tags: Tag[] = []): void {
  if (tags.length > 0) state.tags[arn] = merged([], tags);
  else delete state.tags[arn];
  state.save("tags");
}

/** Adds tags to a resource, replacing those of the same key. */
export function addTags({ state }: Engine, arn: string, tags: Tag[] = []): void {
  if (tags.length === 0) return;
  state.tags[arn] = merged(state.tags[arn] ?? [], tags);
  state.save("tags");
}
