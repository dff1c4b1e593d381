import { AwsError } from "../../contract.ts";
import { invalid } from "./validate.ts";

type TagInput = { Key: string | undefined; Value?: string | undefined };
export type Tags = Record<string, string>;

const MOST_TAGS = 50;

/** Tags of a call. Checked before anything is changed, so that a bad one changes nothing. */
export function readTags(tags: TagInput[] = []): Tags {
  const read = new Map<string, string>();
  for (const { Key: key, Value: value } of tags) {
    if (!key || key.length > 128 || key.startsWith("aws:")) throw invalid(`Tag key '${key ?? ""}' is not valid`);
    if (read.has(key)) throw new AwsError("DuplicateTagKeys", "A tag key was specified more than once");
    read.set(key, value ?? "");
  }
  return mergeTags({}, Object.fromEntries(read));
}

/** Tags of a resource after `added`, which wins; at most 50. */
export function mergeTags(before: Tags | undefined, added: Tags): Tags {
  const merged = { ...before, ...added };
  if (Object.keys(merged).length > MOST_TAGS)
    throw new AwsError("TooManyTags", `The limit of ${MOST_TAGS} tags per resource has been reached`);
  return merged;
}
