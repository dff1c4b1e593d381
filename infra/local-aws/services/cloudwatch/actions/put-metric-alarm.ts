import type { PutMetricAlarmCommandInput } from "@aws-sdk/client-cloudwatch";
import type { Caller } from "../../../contract.ts";
import { arn } from "../../place.ts";
import { readAlarm } from "../alarm-codec.ts";
import type { AlarmRecord } from "../alarms.ts";
import type { CloudWatch } from "../cloudwatch.ts";

/** What new settings leave as it is. */
type Kept = Pick<AlarmRecord, "arn" | "state" | "reason" | "reasonData" | "updatedAt" | "transitionedAt" | "tags">;

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
  const before: Kept = known ?? {
    arn: arn("cloudwatch", caller, `alarm:${name}`),
    state: "INSUFFICIENT_DATA",
    reason: "Unchecked: Initial alarm creation",
    updatedAt: now,
    transitionedAt: now,
    tags: settings.tags,
  };
  alarms.save(caller, {
    ...settings,
    arn: before.arn,
    configuredAt: now,
    state: before.state,
    reason: before.reason,
    updatedAt: before.updatedAt,
    transitionedAt: before.transitionedAt,
    tags: before.tags,
    ...(before.reasonData === undefined ? {} : { reasonData: before.reasonData }),
  });
  const summary = `Alarm "${name}" ${known ? "updated" : "created"}`;
  alarms.remember(caller, { alarm: name, at: now, type: "ConfigurationUpdate", summary, data: "{}" });
  loop.changed();
  caller.record?.("changed", before.arn);
}
