import type { MetricDatum, PutMetricDataCommandInput } from "@aws-sdk/client-cloudwatch";
import type { Caller } from "../../../contract.ts";
import type { CloudWatch } from "../cloudwatch.ts";
import { readDatum } from "../datum.ts";
import { invalidValue, missing } from "../errors.ts";
import { metricId } from "../validate.ts";

const MOST = 1_000;
const FUTURE_MS = 2 * 60 * 60 * 1000;
const PAST_MS = 14 * 24 * 60 * 60 * 1000;

/** All or none: one bad datum refuses the call. */
export function putMetricData(
  { core, metrics }: CloudWatch,
  { Namespace: namespace, MetricData: data = [] }: PutMetricDataCommandInput,
  caller: Caller,
): void {
  if (!namespace) throw missing("Namespace");
  if (data.length > MOST) throw invalidValue(`The collection MetricData must not have a size greater than ${MOST}.`);
  const now = core.clock.now();
  const points = data.map((datum, index) => {
    const name = `MetricData.member.${index + 1}`;
    return {
      ...metricId({ Namespace: namespace, MetricName: datum.MetricName, Dimensions: datum.Dimensions }),
      at: timeOf(datum, now, name),
      highResolution: resolutionOf(datum) === 1,
      data: readDatum(datum, name),
      ...(datum.Unit === undefined ? {} : { unit: datum.Unit }),
    };
  });
  for (const point of points) metrics.put(caller, point);
}

function timeOf({ Timestamp: timestamp }: MetricDatum, now: number, name: string): number {
  const at = timestamp?.getTime() ?? now;
  if (at <= now + FUTURE_MS && at >= now - PAST_MS) return at;
  throw invalidValue(
    `The parameter ${name}.Timestamp must specify a time within the past two weeks and no more than two hours in the future.`,
  );
}

function resolutionOf({ StorageResolution: resolution = 60 }: MetricDatum): number {
  if (resolution === 1 || resolution === 60) return resolution;
  throw invalidValue(`The value ${resolution} for parameter StorageResolution is invalid.`);
}
