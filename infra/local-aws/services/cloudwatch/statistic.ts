import type { Bucket } from "./bucket.ts";

/** Reads one statistic from a bucket; undefined when the bucket cannot tell (percentiles of statistic sets). */
export type Statistic = (bucket: Bucket) => number | undefined;

const SIMPLE: Record<string, Statistic> = {
  Sum: (bucket) => bucket.sum,
  Average: (bucket) => bucket.sum / bucket.count,
  Minimum: (bucket) => bucket.min,
  Maximum: (bucket) => bucket.max,
  SampleCount: (bucket) => bucket.count,
};

/** `Sum`, `Average`, `Minimum`, `Maximum`, `SampleCount` or a percentile such as `p99` or `p99.9`. */
export function parseStatistic(name: string): Statistic | undefined {
  if (Object.hasOwn(SIMPLE, name)) return SIMPLE[name];
  const percent = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/.exec(name)?.[1];
  return percent === undefined ? undefined : (bucket) => percentile(bucket, Number(percent) / 100);
}

/** The smallest value that at least this part of all values does not exceed (nearest rank). */
function percentile(bucket: Bucket, part: number): number | undefined {
  if (bucket.opaque || bucket.count === 0) return undefined;
  const pairs: [number, number][] = [];
  for (let i = 0; i < bucket.values.length; i += 2) pairs.push([bucket.values[i] ?? 0, bucket.values[i + 1] ?? 0]);
  pairs.sort((a, b) => a[0] - b[0]);
  // Twelve digits: 0.07 * 100 is a little more than 7 in binary, and would pick the next rank.
  const rank = Math.max(Number.MIN_VALUE, Number((part * bucket.count).toPrecision(12)));
  let seen = 0;
  for (const [value, count] of pairs) {
    seen += count;
    if (seen >= rank) return value;
  }
  return bucket.max;
}
