import type { PutMetricAlarmCommandInput } from "@aws-sdk/client-cloudwatch";
import type { Caller } from "../../../contract.ts";
import { arn } from "../../place.ts";
import { readAlarm } from "../alarm-codec.ts";
import type { CloudWatch } from "../cloudwatch.ts";

/** Creates an alarm, or replaces the settings of one; its state stays as it is until the next evaluation. */
export function putMetricAlarm(
  { core, alarms, loop }: CloudWatch,
  input: PutMetricAlarmCommandInput,
  caller: Caller,
): void {
  const now = core.clock.now();
  const settings = readAlarm(input);
  const { name } = settings;
  const known = alarms.find(caller, name);
  const initial = {
    arn: arn("cloudwatch", caller, `alarm:${name}`),
    state: "INSUFFICIENT_DATA",
    reason: "Unchecked: Initial alarm creation",
    updatedAt: now,
    transitionedAt: now,
    tags: settings.tags,
  } as const;
  const {
    state,
    reason,
    reasonData,
    updatedAt,
    transitionedAt,
    tags,
    arn: alarmArn,
  } = { reasonData: undefined, ...(known ?? initial) };
  alarms.save(caller, {
    ...settings,
    arn: alarmArn,
    configuredAt: now,
    state,
    reason,
    updatedAt,
    transitionedAt,
    tags,
    ...(reasonData === undefined ? {} : { reasonData }),
  });
  const summary = `Alarm "${name}" ${known ? "updated" : "created"}`;
  alarms.remember(caller, { alarm: name, at: now, type: "ConfigurationUpdate", summary, data: "{}" });
  loop.changed();
  caller.record?.("changed", alarmArn);
}
