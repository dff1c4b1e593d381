import type { MetricAlarm, PutMetricAlarmInput } from "@aws-sdk/client-cloudwatch";
import { isComparison } from "./alarm-rules.ts";
import type { TreatMissing } from "./alarm-rules.ts";
import type { AlarmRecord } from "./alarms.ts";
import { invalidCombination, invalidValue, missing, validation } from "./errors.ts";
import { parseQueries } from "./query.ts";
import { parseStatistic } from "./statistic.ts";
import { checkPeriod, checkValue, metricId, showDimensions } from "./validate.ts";

const TREATMENTS: readonly TreatMissing[] = ["missing", "ignore", "breaching", "notBreaching"];

export type AlarmSettings = Omit<
  AlarmRecord,
  "arn" | "state" | "reason" | "reasonData" | "updatedAt" | "transitionedAt" | "configuredAt"
>;

export function readAlarm(input: PutMetricAlarmInput): AlarmSettings {
  const { AlarmName: name, EvaluationPeriods: periods, ComparisonOperator: comparison } = input;
  if (!name || name.length > 255) throw missing("AlarmName");
  if (periods === undefined) throw missing("EvaluationPeriods");
  if (!Number.isInteger(periods) || periods < 1)
    throw invalidValue(`The value ${periods} for parameter EvaluationPeriods is invalid.`);
  const toAlarm = input.DatapointsToAlarm ?? periods;
  if (!Number.isInteger(toAlarm) || toAlarm < 1 || toAlarm > periods) {
    throw validation("DatapointsToAlarm must be at least 1 and at most EvaluationPeriods.");
  }
  if (!comparison) throw missing("ComparisonOperator");
  if (!isComparison(comparison)) throw invalidValue(`Local AWS does not know the comparison operator ${comparison}.`);
  if (input.Threshold === undefined) throw missing("Threshold");
  const treatMissing = TREATMENTS.find((one) => one === (input.TreatMissingData ?? "missing"));
  if (!treatMissing)
    throw validation(`The value ${input.TreatMissingData ?? ""} for parameter TreatMissingData is invalid.`);
  return {
    name,
    ...(input.AlarmDescription === undefined ? {} : { description: input.AlarmDescription }),
    actionsEnabled: input.ActionsEnabled ?? true,
    okActions: input.OKActions ?? [],
    alarmActions: input.AlarmActions ?? [],
    insufficientDataActions: input.InsufficientDataActions ?? [],
    ...readSource(input),
    evaluationPeriods: periods,
    datapointsToAlarm: toAlarm,
    threshold: checkValue(input.Threshold, "Threshold"),
    comparison,
    treatMissing,
    tags: Object.fromEntries((input.Tags ?? []).map((tag) => [tag.Key ?? "", tag.Value ?? ""])),
  };
}

/** Either one metric with a statistic, or queries of which exactly one returns data. */
function readSource(input: PutMetricAlarmInput): Pick<AlarmRecord, "single" | "metrics" | "periodSeconds"> {
  if (input.Metrics?.length) {
    if (input.MetricName !== undefined)
      throw invalidCombination(
        "The parameters MetricName and Metrics are mutually exclusive and you have specified both.",
      );
    const queries = parseQueries(input.Metrics);
    if (queries.filter((query) => query.isReturned).length !== 1)
      throw validation("Exactly one element of the metrics list should return data.");
    const periods = queries.flatMap((query) => (query.kind === "metric" ? [query.periodSeconds] : []));
    if (periods.length === 0) throw validation("The metrics list must contain at least one metric.");
    return { metrics: input.Metrics, periodSeconds: Math.max(...periods) };
  }
  const { namespace, name, dimensions } = metricId(input);
  const { Statistic: statistic, ExtendedStatistic: extendedStatistic, Unit: unit } = input;
  if ((statistic === undefined) === (extendedStatistic === undefined)) {
    throw invalidCombination("Exactly one of Statistic and ExtendedStatistic must be specified.");
  }
  const named = statistic ?? extendedStatistic ?? "";
  if (!parseStatistic(named))
    throw invalidValue(
      `The value ${named} for parameter ${statistic ? "Statistic" : "ExtendedStatistic"} is not supported.`,
    );
  return {
    single: {
      namespace,
      metricName: name,
      dimensions: showDimensions(dimensions),
      ...(statistic === undefined ? {} : { statistic }),
      ...(extendedStatistic === undefined ? {} : { extendedStatistic }),
      ...(unit === undefined ? {} : { unit }),
    },
    periodSeconds: checkPeriod(input.Period),
  };
}

export function showAlarm(alarm: AlarmRecord): MetricAlarm {
  const { single } = alarm;
  return {
    AlarmName: alarm.name,
    AlarmArn: alarm.arn,
    AlarmDescription: alarm.description,
    AlarmConfigurationUpdatedTimestamp: new Date(alarm.configuredAt),
    ActionsEnabled: alarm.actionsEnabled,
    OKActions: alarm.okActions,
    AlarmActions: alarm.alarmActions,
    InsufficientDataActions: alarm.insufficientDataActions,
    StateValue: alarm.state,
    StateReason: alarm.reason,
    StateReasonData: alarm.reasonData,
    StateUpdatedTimestamp: new Date(alarm.updatedAt),
    StateTransitionedTimestamp: new Date(alarm.transitionedAt),
    MetricName: single?.metricName,
    Namespace: single?.namespace,
    Dimensions: single?.dimensions ?? [],
    // Checked when it was put; the record keeps plain strings.
    Statistic: single?.statistic as MetricAlarm["Statistic"],
    ExtendedStatistic: single?.extendedStatistic,
    Unit: single?.unit as MetricAlarm["Unit"],
    Period: single ? alarm.periodSeconds : undefined,
    EvaluationPeriods: alarm.evaluationPeriods,
    DatapointsToAlarm: alarm.datapointsToAlarm,
    Threshold: alarm.threshold,
    ComparisonOperator: alarm.comparison,
    TreatMissingData: alarm.treatMissing,
    Metrics: alarm.metrics,
  };
}
