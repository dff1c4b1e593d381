import type { DescribeAlarmHistoryCommandInput, DescribeAlarmHistoryCommandOutput } from "@aws-sdk/client-cloudwatch";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import type { CloudWatch } from "../cloudwatch.ts";
import { pageOf } from "../page.ts";

/** Newest first unless `ScanBy` says otherwise. */
export function describeAlarmHistory(
  { alarms }: CloudWatch,
  input: DescribeAlarmHistoryCommandInput,
  caller: Caller,
): Answer<DescribeAlarmHistoryCommandOutput> {
  const { AlarmName: name, HistoryItemType: type, StartDate: from, EndDate: to } = input;
  const found = alarms
    .history(caller)
    .filter((entry) => name === undefined || entry.alarm === name)
    .filter((entry) => type === undefined || entry.type === type)
    .filter((entry) => (!from || entry.at >= from.getTime()) && (!to || entry.at <= to.getTime()));
  const { items, ...next } = pageOf(input.ScanBy === "TimestampAscending" ? found : found.reverse(), input);
  return {
    AlarmHistoryItems: items.map((entry) => ({
      AlarmName: entry.alarm,
      AlarmType: "MetricAlarm",
      Timestamp: new Date(entry.at),
      HistoryItemType: entry.type,
      HistorySummary: entry.summary,
      HistoryData: entry.data,
    })),
    ...next,
  };
}
