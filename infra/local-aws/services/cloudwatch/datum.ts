import type { MetricDatum } from "@aws-sdk/client-cloudwatch";
import { invalidCombination, invalidValue } from "./errors.ts";
import type { Datum } from "./metric-store.ts";
import { checkValue } from "./validate.ts";

const LARGEST_VALUES = 150;

/** What one datum says, in exactly one of the three notations; `at` names it in refusals. */
export function readDatum(datum: MetricDatum, at: string): Datum[] {
  const given = [datum.Value, datum.Values, datum.StatisticValues].filter((one) => one !== undefined).length;
  if (given !== 1)
    throw invalidCombination(
      `The parameters ${at}.Value, Values and StatisticValues are mutually exclusive and you have specified ${given === 0 ? "none" : "more than one"}.`,
    );
  if (datum.Value !== undefined) return [{ value: checkValue(datum.Value, `${at}.Value`), count: 1 }];
  return datum.StatisticValues ? readSet(datum.StatisticValues, at) : readValues(datum, at);
}

function readSet(set: NonNullable<MetricDatum["StatisticValues"]>, at: string): Datum[] {
  const { Sum: sum = NaN, SampleCount: count = NaN, Minimum: min = NaN, Maximum: max = NaN } = set;
  if (!(count > 0) || !(min <= max)) throw invalidValue(`The parameter ${at}.StatisticValues is invalid.`);
  for (const value of [sum, count, min, max]) checkValue(value, `${at}.StatisticValues`);
  return [{ sum, count, min, max }];
}

function readValues({ Values: values = [], Counts: given }: MetricDatum, at: string): Datum[] {
  const counts = given ?? values.map(() => 1);
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
