import { DescribeAlarmsCommand, type StateValue } from "@aws-sdk/client-cloudwatch";
import type { AlarmState, Placement } from "../deployments/ports.ts";
import { batches } from "./batches.ts";
import type { ClientSource } from "./clients.ts";
import { awsCall } from "./failure.ts";

/** DescribeAlarms takes a hundred names. */
const batchSize = 100;

const states: Record<StateValue, AlarmState["state"]> = {
  OK: "OK",
  ALARM: "ALARM",
  INSUFFICIENT_DATA: "INSUFFICIENT_DATA",
};

type Described = {
  AlarmName?: string | undefined;
  StateValue?: StateValue | undefined;
  StateReason?: string | undefined;
  StateTransitionedTimestamp?: Date | undefined;
  StateUpdatedTimestamp?: Date | undefined;
};

function toAlarm(alarm: Described): AlarmState {
  return {
    name: alarm.AlarmName ?? "",
    state: states[alarm.StateValue ?? "INSUFFICIENT_DATA"],
    reason: alarm.StateReason ?? "",
    since: alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp ?? null,
  };
}

/** States of alarms, metric and composite ones; names that CloudWatch does not know are left out. */
export async function describeAlarms(
  clients: ClientSource,
  placement: Placement,
  names: string[],
): Promise<AlarmState[]> {
  if (names.length === 0) return [];
  const { cloudwatch } = await clients.of(placement);
  const target = { operation: "cloudwatch:DescribeAlarms", resource: `the alarms ${names.slice(0, 3).join(", ")}` };
  const answers = await Promise.all(
    batches([...new Set(names)], batchSize).map((AlarmNames) => {
      const AlarmTypes: ("MetricAlarm" | "CompositeAlarm")[] = ["MetricAlarm", "CompositeAlarm"];
      const command = new DescribeAlarmsCommand({ AlarmNames, AlarmTypes, MaxRecords: batchSize });
      return awsCall(target, (options) => cloudwatch.send(command, options));
    }),
  );
  return answers.flatMap((answer) => [...(answer.MetricAlarms ?? []), ...(answer.CompositeAlarms ?? [])].map(toAlarm));
}
