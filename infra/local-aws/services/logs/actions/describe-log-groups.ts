import type { DescribeLogGroupsCommandInput, DescribeLogGroupsCommandOutput } from "@aws-sdk/client-cloudwatch-logs";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import { invalidParameter } from "../errors.ts";
import type { Groups } from "../groups.ts";
import { pageOf } from "../paging.ts";
import { renderLogGroup } from "../render/log-group.ts";

/** Groups in order of their names. */
export function describeLogGroups(
  groups: Groups,
  { logGroupNamePrefix: prefix, logGroupNamePattern: pattern, ...page }: DescribeLogGroupsCommandInput,
  caller: Caller,
): Answer<DescribeLogGroupsCommandOutput> {
  if (prefix !== undefined && pattern !== undefined)
    throw invalidParameter("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
  const found = groups
    .list(caller)
    .filter(({ name }) => prefix === undefined || name.startsWith(prefix))
    .filter(({ name }) => pattern === undefined || name.toLowerCase().includes(pattern.toLowerCase()))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const { items, ...next } = pageOf(found, page);
  return { logGroups: items.map((group) => renderLogGroup(caller, group)), ...next };
}
