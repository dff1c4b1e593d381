import type { CreateLogGroupCommandInput } from "@aws-sdk/client-cloudwatch-logs";
import type { Caller } from "../../../contract.ts";
import { alreadyExists, invalidParameter } from "../errors.ts";
import { groupArn } from "../group-arn.ts";
import type { Groups } from "../groups.ts";

export function createLogGroup(
  groups: Groups,
  { logGroupName: name = "" }: CreateLogGroupCommandInput,
  caller: Caller,
): void {
  if (!/^[.\-_/#A-Za-z0-9]{1,512}$/.test(name)) {
    throw invalidParameter(
      `1 validation error detected: Value '${name}' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+`,
    );
  }
  if (groups.find(caller, name)) throw alreadyExists("log group");
  groups.create(caller, name);
  caller.record?.("changed", groupArn(caller, name));
}
