import type { GetMetricDataInput, ListMetricsInput, MetricDatum, PutMetricDataInput } from "@aws-sdk/client-cloudwatch";
import type { Caller } from "../../../contract.ts";
import type { CloudWatch } from "../cloudwatch.ts";
import { invalidCombination, invalidValue, missing, validation } from "../errors.ts";
import type { Datum } from "../metric-store.ts";
import { nextToken, positionOf } from "../page.ts";
import { createEvaluation, parseQueries } from "../query.ts";
import { checkValue, metricId, showDimensions } from "../validate.ts";

const LARGEST_PUT = 1_000;
const LARGEST_VALUES = 150;
const LARGEST_QUERY = 500;
const LARGEST_RESULT = 100_800;
const LIST_PAGE = 500;
const FUTURE_MS = 2 * 60 * 60 * 1000;
const PAST_MS = 14 * 24 * 60 * 60 * 1000;

/** All or none: one bad datum refuses the call. */
export function putMetricData(cloudwatch: CloudWatch, input: PutMetricDataInput, caller: Caller) {
  const data = input.MetricData ?? [];
  if (!input.Namespace) throw missing("Namespace");
  if (data.length > LARGEST_PUT)
    throw invalidValue(`The collection MetricData must not have a size greater than ${LARGEST_PUT}.`);
  const now = cloudwatch.core.clock.now();
  const points = data.map((datum, index) => {
    const at = datum.Timestamp?.getTime() ?? now;
    if (at > now + FUTURE_MS || at < now - PAST_MS) {
      throw invalidValue(
        `The parameter MetricData.member.${index + 1}.Timestamp must specify a time within the past two weeks and no more than two hours in the future.`,
      );
    }
    const resolution = datum.StorageResolution ?? 60;
    if (resolution !== 1 && resolution !== 60)
      throw invalidValue(`The value ${resolution} for parameter StorageResolution is invalid.`);
    return {
      ...metricId({ Namespace: input.Namespace, MetricName: datum.MetricName, Dimensions: datum.Dimensions }),
      data: readDatum(datum, `MetricData.member.${index + 1}`),
      at,
      highResolution: resolution === 1,
      ...(datum.Unit === undefined ? {} : { unit: datum.Unit }),
    };
  });
  for (const point of points) cloudwatch.metrics.put(caller, point);
}

function readDatum(datum: MetricDatum, at: string): Datum[] {
  const given = [datum.Value, datum.Values, datum.StatisticValues].filter((one) => one !== undefined).length;
  if (given !== 1)
    throw invalidCombination(
      `The parameters ${at}.Value, Values and StatisticValues are mutually exclusive and you have specified ${given === 0 ? "none" : "more than one"}.`,
    );
  if (datum.Value !== undefined) return [{ value: checkValue(datum.Value, `${at}.Value`), count: 1 }];
  if (datum.StatisticValues) {
    const { Sum: sum = NaN, SampleCount: count = NaN, Minimum: min = NaN, Maximum: max = NaN } = datum.StatisticValues;
    if (!(count > 0) || !(min <= max)) throw invalidValue(`The parameter ${at}.StatisticValues is invalid.`);
    for (const value of [sum, count, min, max]) checkValue(value, `${at}.StatisticValues`);
    return [{ sum, count, min, max }];
  }
  const values = datum.Values ?? [];
  const counts = datum.Counts ?? values.map(() => 1);
  if (values.length > LARGEST_VALUES)
    throw invalidValue(`The collection ${at}.Values must not have a size greater than ${LARGEST_VALUES}.`);
  if (counts.length !== values.length)
    throw invalidCombination(`The parameters ${at}.Values and ${at}.Counts must be of the same size.`);
  return values.map((value, index) => {
    const count = counts[index] ?? 1;
    if (!(count > 0)) throw invalidValue(`The value ${count} for parameter ${at}.Counts is invalid.`);
    return { value: checkValue(value, `${at}.Values`), count: checkValue(count, `${at}.Counts`) };
  });
}

/** Pages cut across the results in order; a query whose points continue on the next page is PartialData. */
export function getMetricData(cloudwatch: CloudWatch, input: GetMetricDataInput, caller: Caller) {
  const inputs = input.MetricDataQueries ?? [];
  if (inputs.length === 0) throw missing("MetricDataQueries");
  if (inputs.length > LARGEST_QUERY)
    throw validation(`The collection MetricDataQueries must not have a size greater than ${LARGEST_QUERY}.`);
  if (!input.StartTime || !input.EndTime) throw missing(input.StartTime ? "EndTime" : "StartTime");
  const range = { from: input.StartTime.getTime(), to: input.EndTime.getTime() };
  if (range.from >= range.to) throw validation("The parameter StartTime must be less than the parameter EndTime.");
  const queries = parseQueries(inputs);
  const returned = queries.filter((query) => query.isReturned);
  if (returned.length === 0) throw validation("At least one MetricDataQuery must return data.");
  const { metrics: store, periods } = cloudwatch;
  const pointsOf = createEvaluation({ store, periods, place: caller, queries, range });

  const direction = input.ScanBy === "TimestampAscending" ? 1 : -1;
  const most = Math.min(input.MaxDatapoints ?? LARGEST_RESULT, LARGEST_RESULT);
  if (most < 1) throw invalidValue("The parameter MaxDatapoints must be greater than 0.");
  const skipped = positionOf(input.NextToken);
  let position = 0;
  const results = returned.map((query) => {
    const points = [...pointsOf(query.id)].sort(([a], [b]) => (a - b) * direction);
    const start = Math.min(points.length, Math.max(0, skipped - position));
    const end = Math.min(points.length, Math.max(0, skipped + most - position));
    position += points.length;
    const page = points.slice(start, end);
    return {
      Id: query.id,
      Label: query.label,
      Timestamps: page.map(([at]) => new Date(at)),
      Values: page.map(([, value]) => value),
      StatusCode: end < points.length ? "PartialData" : "Complete",
    };
  });
  return { MetricDataResults: results, Messages: [], ...nextToken(skipped + most, position) };
}

export function listMetrics(cloudwatch: CloudWatch, input: ListMetricsInput, caller: Caller) {
  const found = cloudwatch.metrics
    .list(caller)
    .filter((metric) => input.Namespace === undefined || metric.namespace === input.Namespace)
    .filter((metric) => input.MetricName === undefined || metric.name === input.MetricName)
    .filter((metric) =>
      (input.Dimensions ?? []).every(
        ({ Name: name = "", Value: value }) =>
          Object.hasOwn(metric.dimensions, name) && (value === undefined || metric.dimensions[name] === value),
      ),
    );
  const start = positionOf(input.NextToken);
  return {
    Metrics: found.slice(start, start + LIST_PAGE).map((metric) => ({
      Namespace: metric.namespace,
      MetricName: metric.name,
      Dimensions: showDimensions(metric.dimensions),
    })),
    ...nextToken(start + LIST_PAGE, found.length),
  };
}
