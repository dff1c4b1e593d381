import type { DeleteAlarmsCommandInput } from "@aws-sdk/client-cloudwatch";
import type { Caller } from "../../../contract.ts";
import type { CloudWatch } from "../cloudwatch.ts";
import { checkCount, missing, notFound } from "../errors.ts";

const MOST = 100;

/** Up to 100; as on AWS, one unknown name among several deletes nothing. */
export function deleteAlarms(
  { alarms, loop }: CloudWatch,
  { AlarmNames: names = [] }: DeleteAlarmsCommandInput,
  caller: Caller,
): void {
  if (names.length === 0) throw missing("AlarmNames");
  checkCount(names, MOST, "alarmNames");
  const unknown = names.filter((name) => !alarms.find(caller, name));
  if (unknown.length > 0 && names.length > 1) throw notFound(`Unknown alarms: ${unknown.join(", ")}`);
  const removed = names.filter((name) => alarms.remove(caller, name));
  loop.changed();
  caller.record?.(removed.length > 0 ? "changed" : "none", removed[0]);
}
