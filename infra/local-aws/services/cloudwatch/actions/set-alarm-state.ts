import type { SetAlarmStateCommandInput } from "@aws-sdk/client-cloudwatch";
import { AwsError } from "../../../contract.ts";
import type { Caller } from "../../../contract.ts";
import type { AlarmState } from "../alarm-rules.ts";
import type { CloudWatch } from "../cloudwatch.ts";
import { invalidValue, missing, notFound } from "../errors.ts";

const STATES: readonly AlarmState[] = ["OK", "ALARM", "INSUFFICIENT_DATA"];

/** Holds until the next evaluation finds otherwise. */
export function setAlarmState({ alarms }: CloudWatch, input: SetAlarmStateCommandInput, caller: Caller): void {
  const { AlarmName: name = "", StateReason: reason, StateReasonData: reasonData } = input;
  const alarm = alarms.find(caller, name);
  if (!alarm) throw notFound(`Unknown alarm: ${name}`);
  const state = STATES.find((one) => one === input.StateValue);
  if (!state) throw invalidValue(`The value '${input.StateValue ?? ""}' for parameter StateValue is invalid.`);
  if (reason === undefined) throw missing("StateReason");
  if (reasonData !== undefined) checkJson(reasonData);
  alarms.setState(caller, alarm, { state, reason, ...(reasonData === undefined ? {} : { reasonData }) });
  caller.record?.("changed", alarm.arn);
}

function checkJson(reasonData: string): void {
  try {
    JSON.parse(reasonData);
  } catch {
    throw new AwsError("InvalidFormatFault", "The parameter StateReasonData is not valid JSON.");
  }
}
