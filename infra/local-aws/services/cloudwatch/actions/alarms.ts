import type {
  DeleteAlarmsInput,
  DescribeAlarmHistoryInput,
  DescribeAlarmsInput,
  PutMetricAlarmInput,
  SetAlarmStateInput,
} from "@aws-sdk/client-cloudwatch";
import { AwsError } from "../../../contract.ts";
import type { Caller } from "../../../contract.ts";
import { arn } from "../../place.ts";
import { readAlarm, showAlarm } from "../alarm-codec.ts";
import type { AlarmState } from "../alarm-rules.ts";
import type { AlarmRecord } from "../alarms.ts";
import type { CloudWatch } from "../cloudwatch.ts";
import { invalidCombination, invalidValue, missing } from "../errors.ts";
import { nextToken, positionOf } from "../page.ts";

const LARGEST_PAGE = 100;
const STATES: readonly AlarmState[] = ["OK", "ALARM", "INSUFFICIENT_DATA"];

/** Creates an alarm, or replaces the settings of one; its state stays as it is until the next evaluation. */
export function putMetricAlarm(cloudwatch: CloudWatch, input: PutMetricAlarmInput, caller: Caller) {
  const now = cloudwatch.core.clock.now();
  const settings = readAlarm(input);
  const known = cloudwatch.alarms.find(caller, settings.name);
  const alarmArn = known?.arn ?? arn("cloudwatch", caller, `alarm:${settings.name}`);
  const fresh = {
    state: "INSUFFICIENT_DATA",
    reason: "Unchecked: Initial alarm creation",
    updatedAt: now,
    transitionedAt: now,
  } as const;
  const { state, reason, updatedAt, transitionedAt, tags } = known ?? { ...fresh, tags: settings.tags };
  const alarm: AlarmRecord = {
    ...settings,
    arn: alarmArn,
    configuredAt: now,
    state,
    reason,
    updatedAt,
    transitionedAt,
    tags,
  };
  if (known?.reasonData !== undefined) alarm.reasonData = known.reasonData;
  cloudwatch.alarms.save(caller, alarm);
  const summary = `Alarm "${alarm.name}" ${known ? "updated" : "created"}`;
  cloudwatch.alarms.remember(caller, { alarm: alarm.name, at: now, type: "ConfigurationUpdate", summary, data: "{}" });
  cloudwatch.loop.changed();
  caller.record?.("changed", alarm.arn);
}

export function describeAlarms(cloudwatch: CloudWatch, input: DescribeAlarmsInput, caller: Caller) {
  const { AlarmNames: names, AlarmNamePrefix: prefix, StateValue: state, ActionPrefix: action } = input;
  if (names && prefix !== undefined)
    throw invalidCombination("AlarmNames and AlarmNamePrefix cannot both be specified.");
  const size = pageSize(input.MaxRecords);
  const found = cloudwatch.alarms
    .list(caller)
    .filter(() => !input.AlarmTypes?.length || input.AlarmTypes.includes("MetricAlarm"))
    .filter((alarm) => !names?.length || names.includes(alarm.name))
    .filter((alarm) => prefix === undefined || alarm.name.startsWith(prefix))
    .filter((alarm) => state === undefined || alarm.state === state)
    .filter((alarm) => action === undefined || alarm.alarmActions.some((one) => one.startsWith(action)))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const start = positionOf(input.NextToken);
  return {
    MetricAlarms: found.slice(start, start + size).map(showAlarm),
    CompositeAlarms: [],
    ...nextToken(start + size, found.length),
  };
}

function pageSize(size = LARGEST_PAGE): number {
  if (Number.isInteger(size) && size >= 1 && size <= LARGEST_PAGE) return size;
  throw invalidValue(
    `The value ${size} for parameter MaxRecords is invalid. It must be between 1 and ${LARGEST_PAGE}.`,
  );
}

/** As on AWS, one unknown name among several deletes nothing. */
export function deleteAlarms(cloudwatch: CloudWatch, input: DeleteAlarmsInput, caller: Caller) {
  const names = input.AlarmNames ?? [];
  if (names.length === 0) throw missing("AlarmNames");
  const unknown = names.filter((name) => !cloudwatch.alarms.find(caller, name));
  if (unknown.length > 0 && names.length > 1)
    throw new AwsError("ResourceNotFound", `Unknown alarms: ${unknown.join(", ")}`, 404);
  const removed = names.filter((name) => cloudwatch.alarms.remove(caller, name));
  cloudwatch.loop.changed();
  caller.record?.(removed.length > 0 ? "changed" : "none", removed[0]);
}

/** Holds until the next evaluation finds otherwise. */
export function setAlarmState(cloudwatch: CloudWatch, input: SetAlarmStateInput, caller: Caller) {
  const alarm = cloudwatch.alarms.find(caller, input.AlarmName ?? "");
  if (!alarm) throw new AwsError("ResourceNotFound", `Unknown alarm: ${input.AlarmName ?? ""}`, 404);
  const state = STATES.find((one) => one === input.StateValue);
  if (!state) throw invalidValue(`The value '${input.StateValue ?? ""}' for parameter StateValue is invalid.`);
  if (input.StateReason === undefined) throw missing("StateReason");
  const data = input.StateReasonData;
  cloudwatch.alarms.setState(caller, alarm, {
    state,
    reason: input.StateReason,
    ...(data === undefined ? {} : { reasonData: data }),
  });
  caller.record?.("changed", alarm.arn);
}

export function describeAlarmHistory(cloudwatch: CloudWatch, input: DescribeAlarmHistoryInput, caller: Caller) {
  const { AlarmName: name, HistoryItemType: type, StartDate: from, EndDate: to } = input;
  const size = pageSize(input.MaxRecords);
  const found = cloudwatch.alarms
    .history(caller)
    .filter((entry) => name === undefined || entry.alarm === name)
    .filter((entry) => type === undefined || entry.type === type)
    .filter((entry) => (!from || entry.at >= from.getTime()) && (!to || entry.at <= to.getTime()));
  const ordered = input.ScanBy === "TimestampAscending" ? found : found.reverse();
  const start = positionOf(input.NextToken);
  return {
    AlarmHistoryItems: ordered.slice(start, start + size).map((entry) => ({
      AlarmName: entry.alarm,
      AlarmType: "MetricAlarm",
      Timestamp: new Date(entry.at),
      HistoryItemType: entry.type,
      HistorySummary: entry.summary,
      HistoryData: entry.data,
    })),
    ...nextToken(start + size, ordered.length),
  };
}
