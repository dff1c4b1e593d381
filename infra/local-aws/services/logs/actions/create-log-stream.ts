import type { CreateLogStreamCommandInput } from "@aws-sdk/client-cloudwatch-logs";
import type { Caller } from "../../../contract.ts";
import { alreadyExists, invalidParameter } from "../errors.ts";
import type { Groups } from "../groups.ts";
import { groupOf } from "../lookup.ts";

export function createLogStream(
  groups: Groups,
  { logGroupName, logStreamName: name = "" }: CreateLogStreamCommandInput,
  caller: Caller,
): void {
  const group = groupOf(groups, caller, logGroupName);
  if (!/^[^:*]{1,512}$/.test(name)) {
    throw invalidParameter(
      `1 validation error detected: Value '${name}' at 'logStreamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [^:*]*`,
    );
  }
  if (group.streams.has(name)) throw alreadyExists("log stream");
  groups.createStream(group, name);
}
