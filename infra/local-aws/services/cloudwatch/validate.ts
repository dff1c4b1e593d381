import { invalidValue, missing } from "./errors.ts";
import type { MetricId } from "./metric-store.ts";

type DimensionInput = { Name?: string | undefined; Value?: string | undefined };

const GREATEST_VALUE = 2 ** 360;

function dimensionsOf(dimensions: DimensionInput[] | undefined): Record<string, string> {
  if ((dimensions ?? []).length > 30)
    throw invalidValue("The collection Dimensions must not have a size greater than 30.");
  return Object.fromEntries(
    (dimensions ?? []).map(({ Name: name, Value: value }) => {
      if (!name) throw missing("Dimensions.member.Name");
      if (!value) throw invalidValue("The parameter Dimensions.member.Value must not be empty.");
      return [name, value];
    }),
  );
}

export function metricId(input: {
  Namespace?: string | undefined;
  MetricName?: string | undefined;
  Dimensions?: DimensionInput[] | undefined;
}): MetricId {
  const { Namespace: namespace, MetricName: name } = input;
  if (!namespace) throw missing("Namespace");
  if (!name) throw missing("MetricName");
  if (namespace.length > 255 || name.length > 255)
    throw invalidValue("Namespace and MetricName have at most 255 characters.");
  return { namespace, name, dimensions: dimensionsOf(input.Dimensions) };
}

export function showDimensions(dimensions: Record<string, string>) {
  return Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
}

/** CloudWatch takes finite numbers between -2^360 and 2^360. */
export function checkValue(value: number, parameter: string): number {
  if (Math.abs(value) <= GREATEST_VALUE) return value;
  throw invalidValue(`The value ${value} for parameter ${parameter} is invalid.`);
}

/** 1, 5, 10, 20, 30 or a multiple of 60 AWS seconds, at most a day. */
export function checkPeriod(period: number | undefined, parameter = "Period"): number {
  if (period === undefined) throw missing(parameter);
  const valid = [1, 5, 10, 20, 30].includes(period) || (Number.isInteger(period) && period >= 60 && period % 60 === 0);
  if (!valid || period > 86_400) throw invalidValue(`The value ${period} for parameter ${parameter} is invalid.`);
  return period;
}
