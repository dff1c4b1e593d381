import type { DescribeAlarmsCommandInput, DescribeAlarmsCommandOutput } from "@aws-sdk/client-cloudwatch";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import { showAlarm } from "../alarm-codec.ts";
import type { CloudWatch } from "../cloudwatch.ts";
import { checkCount, invalidCombination } from "../errors.ts";
import { pageOf } from "../page.ts";

const MOST_NAMES = 100;

/** Alarms in order of their names. */
export function describeAlarms(
  { alarms }: CloudWatch,
  input: DescribeAlarmsCommandInput,
  caller: Caller,
): Answer<DescribeAlarmsCommandOutput> {
  const { AlarmNames: names, AlarmNamePrefix: prefix, StateValue: state, ActionPrefix: action } = input;
  if (names && prefix !== undefined)
    throw invalidCombination("AlarmNames and AlarmNamePrefix cannot both be specified.");
  checkCount(names ?? [], MOST_NAMES, "alarmNames");
  const found = alarms
    .list(caller)
    .filter(() => !input.AlarmTypes?.length || input.AlarmTypes.includes("MetricAlarm"))
    .filter((alarm) => !names?.length || names.includes(alarm.name))
    .filter((alarm) => prefix === undefined || alarm.name.startsWith(prefix))
    .filter((alarm) => state === undefined || alarm.state === state)
    .filter((alarm) => action === undefined || alarm.alarmActions.some((one) => one.startsWith(action)))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const { items, ...next } = pageOf(found, input);
  return { MetricAlarms: items.map(showAlarm), CompositeAlarms: [], ...next };
}
