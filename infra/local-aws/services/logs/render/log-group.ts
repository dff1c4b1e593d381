import type { LogGroup as LogGroupShape } from "@aws-sdk/client-cloudwatch-logs";
import type { Place } from "../../../contract.ts";
import { groupArn } from "../group-arn.ts";
import type { LogGroup } from "../groups.ts";

export function renderLogGroup(place: Place, { name, saved }: LogGroup): LogGroupShape {
  return {
    logGroupName: name,
    creationTime: saved.createdAt,
    ...(saved.retentionInDays === undefined ? {} : { retentionInDays: saved.retentionInDays }),
    metricFilterCount: 0,
    arn: `${groupArn(place, name)}:*`,
    logGroupArn: groupArn(place, name),
    storedBytes: 0,
    logGroupClass: "STANDARD",
  };
}
