import {
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  type MetricDataQuery,
  type PutMetricAlarmCommandInput,
} from "@aws-sdk/client-cloudwatch";
import type { Clients } from "./clients.ts";
import { metricDimensions } from "./load-balancer.ts";
import type { ServicePlan } from "./plan.ts";

const periodSeconds = 60;
const errorPercent = 5;
const latencySeconds = 1;

type Dimensions = ReturnType<typeof metricDimensions>;

/** The two alarms that undo a rollout: more than 5 % of answers are 5xx, or the 90th percentile is over one second. */
export async function ensureAlarms(
  { cloudwatch }: Clients,
  service: ServicePlan,
  arns: { loadBalancer: string; targetGroup: string },
): Promise<string[]> {
  const names = Object.values(service.alarms);
  const { MetricAlarms = [] } = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: names }));
  const existing = MetricAlarms.map((alarm) => alarm.AlarmName);
  const dimensions = metricDimensions(arns.loadBalancer, arns.targetGroup);
  for (const alarm of [
    errorAlarm(service.alarms.errors, dimensions),
    latencyAlarm(service.alarms.latency, dimensions),
  ]) {
    if (!existing.includes(alarm.AlarmName)) await cloudwatch.send(new PutMetricAlarmCommand(alarm));
  }
  return names;
}

function errorAlarm(name: string, dimensions: Dimensions): PutMetricAlarmCommandInput {
  return {
    AlarmName: name,
    AlarmDescription: `More than ${errorPercent} % of requests were answered with a 5xx`,
    Metrics: [
      { Id: "percent", Expression: "100 * errors / requests", Label: "5xx answers, %", ReturnData: true },
      sumOf("errors", "HTTPCode_Target_5XX_Count", dimensions),
      sumOf("requests", "RequestCount", dimensions),
    ],
    Threshold: errorPercent,
    ...common,
  };
}

function latencyAlarm(name: string, dimensions: Dimensions): PutMetricAlarmCommandInput {
  return {
    AlarmName: name,
    AlarmDescription: `One request in ten took longer than ${latencySeconds} s`,
    Namespace: "AWS/ApplicationELB",
    MetricName: "TargetResponseTime",
    Dimensions: dimensions,
    ExtendedStatistic: "p90",
    Period: periodSeconds,
    Threshold: latencySeconds,
    ...common,
  };
}

const common = {
  EvaluationPeriods: 1,
  DatapointsToAlarm: 1,
  ComparisonOperator: "GreaterThanThreshold",
  TreatMissingData: "notBreaching",
} as const;

function sumOf(id: string, metric: string, dimensions: Dimensions): MetricDataQuery {
  return {
    Id: id,
    MetricStat: {
      Metric: { Namespace: "AWS/ApplicationELB", MetricName: metric, Dimensions: dimensions },
      Period: periodSeconds,
      Stat: "Sum",
    },
    ReturnData: false,
  };
}
