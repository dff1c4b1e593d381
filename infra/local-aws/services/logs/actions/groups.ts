import type {
  CreateLogGroupRequest,
  CreateLogStreamRequest,
  DeleteLogGroupRequest,
  DeleteLogStreamRequest,
  DeleteRetentionPolicyRequest,
  DescribeLogGroupsRequest,
  DescribeLogStreamsRequest,
  PutRetentionPolicyRequest,
} from "@aws-sdk/client-cloudwatch-logs";
import { AwsError } from "../../../contract.ts";
import type { Caller } from "../../../contract.ts";
import { arn } from "../../place.ts";
import { groupOf, invalidParameter, streamOf } from "../errors.ts";
import type { Groups, LogGroup } from "../groups.ts";
import type { LogStream } from "../stream.ts";
import { pageOf } from "../token.ts";

const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

export function createLogGroup(groups: Groups, input: CreateLogGroupRequest, caller: Caller) {
  const name = input.logGroupName ?? "";
  if (!/^[.\-_/#A-Za-z0-9]{1,512}$/.test(name)) {
    throw invalidParameter(
      `1 validation error detected: Value '${name}' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+`,
    );
  }
  if (groups.find(caller, name))
    throw new AwsError("ResourceAlreadyExistsException", "The specified log group already exists");
  groups.create(caller, name);
  caller.record?.("changed", groupArn(caller, name));
}

export function deleteLogGroup(groups: Groups, input: DeleteLogGroupRequest, caller: Caller) {
  const { name } = groupOf(groups, caller, input.logGroupName);
  groups.remove(caller, name);
  caller.record?.("changed", groupArn(caller, name));
}

function groupArn(caller: Caller, name: string): string {
  return arn("logs", caller, `log-group:${name}`);
}

function shown(caller: Caller, group: LogGroup) {
  return {
    logGroupName: group.name,
    creationTime: group.saved.createdAt,
    ...(group.saved.retentionInDays === undefined ? {} : { retentionInDays: group.saved.retentionInDays }),
    metricFilterCount: 0,
    arn: `${groupArn(caller, group.name)}:*`,
    logGroupArn: groupArn(caller, group.name),
    storedBytes: 0,
    logGroupClass: "STANDARD",
  };
}

export function describeLogGroups(groups: Groups, input: DescribeLogGroupsRequest, caller: Caller) {
  const { logGroupNamePrefix: prefix, logGroupNamePattern: pattern } = input;
  if (prefix !== undefined && pattern !== undefined)
    throw invalidParameter("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
  const found = groups
    .list(caller)
    .filter(({ name }) => prefix === undefined || name.startsWith(prefix))
    .filter(({ name }) => pattern === undefined || name.toLowerCase().includes(pattern.toLowerCase()))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const { items, ...next } = pageOf(found, input.nextToken, input.limit);
  return { logGroups: items.map((group) => shown(caller, group)), ...next };
}

export function putRetentionPolicy(groups: Groups, input: PutRetentionPolicyRequest, caller: Caller) {
  const group = groupOf(groups, caller, input.logGroupName);
  const days = input.retentionInDays ?? 0;
  if (!RETENTION_DAYS.includes(days)) {
    throw invalidParameter(
      `1 validation error detected: Value '${days}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${RETENTION_DAYS.join(", ")}]`,
    );
  }
  caller.record?.(group.saved.retentionInDays === days ? "none" : "changed", groupArn(caller, group.name));
  group.saved.retentionInDays = days;
  groups.touch();
}

export function deleteRetentionPolicy(groups: Groups, input: DeleteRetentionPolicyRequest, caller: Caller) {
  const group = groupOf(groups, caller, input.logGroupName);
  delete group.saved.retentionInDays;
  groups.touch();
}

export function createLogStream(groups: Groups, input: CreateLogStreamRequest, caller: Caller) {
  const group = groupOf(groups, caller, input.logGroupName);
  const name = input.logStreamName ?? "";
  if (!/^[^:*]{1,512}$/.test(name)) {
    throw invalidParameter(
      `1 validation error detected: Value '${name}' at 'logStreamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [^:*]*`,
    );
  }
  if (group.streams.has(name))
    throw new AwsError("ResourceAlreadyExistsException", "The specified log stream already exists");
  groups.createStream(group, name);
}

export function deleteLogStream(groups: Groups, input: DeleteLogStreamRequest, caller: Caller) {
  const group = groupOf(groups, caller, input.logGroupName);
  groups.removeStream(group, streamOf(group, input.logStreamName).name);
}

export function describeLogStreams(groups: Groups, input: DescribeLogStreamsRequest, caller: Caller) {
  const group = groupOf(groups, caller, input.logGroupName, input.logGroupIdentifier);
  const { logStreamNamePrefix: prefix } = input;
  const byTime = input.orderBy === "LastEventTime";
  if (byTime && prefix !== undefined)
    throw invalidParameter("Cannot order by LastEventTime with a logStreamNamePrefix.");
  const lastEvent = (stream: LogStream) => stream.events.at(-1)?.timestamp ?? 0;
  const found = [...group.streams.values()]
    .filter(({ name }) => prefix === undefined || name.startsWith(prefix))
    .sort((a, b) => (byTime ? lastEvent(a) - lastEvent(b) : a.name < b.name ? -1 : 1));
  if (input.descending) found.reverse();
  const { items, ...next } = pageOf(found, input.nextToken, input.limit);
  return {
    logStreams: items.map((stream) => {
      const [first, last] = [stream.events[0], stream.events.at(-1)];
      return {
        logStreamName: stream.name,
        creationTime: stream.createdAt,
        ...(first && last
          ? {
              firstEventTimestamp: first.timestamp,
              lastEventTimestamp: last.timestamp,
              lastIngestionTime: last.ingestionTime,
            }
          : {}),
        uploadSequenceToken: "0",
        arn: `${groupArn(caller, group.name)}:log-stream:${stream.name}`,
        storedBytes: 0,
      };
    }),
    ...next,
  };
}
