/** Everything that fell into one period: enough for every statistic. */
export type Bucket = {
  /** Number of the period since the epoch, in AWS time. */
  index: number;
  sum: number;
  count: number;
  min: number;
  max: number;
  /** Values and how often each came, as pairs in one array, which costs a fifth of a Map. */
  values: number[];
  /** Holds a statistic set, whose single values nobody knows: no percentiles. */
  opaque: boolean;
};

/** Beyond this many, values are rounded: to 3 significant digits, then to 2 (an error of at most 5 %). */
const DISTINCT_VALUES = 256;

export function emptyBucket(index: number): Bucket {
  return { index, sum: 0, count: 0, min: Infinity, max: -Infinity, values: [], opaque: false };
}

export function addValue(bucket: Bucket, value: number, count: number): void {
  bucket.sum += value * count;
  bucket.count += count;
  bucket.min = Math.min(bucket.min, value);
  bucket.max = Math.max(bucket.max, value);
  countValue(bucket.values, value, count);
  if (bucket.values.length > 2 * DISTINCT_VALUES) bucket.values = coarser(bucket.values);
}

export type StatisticSet = { sum: number; count: number; min: number; max: number };

export function addSet(bucket: Bucket, set: StatisticSet): void {
  // As in CloudWatch, a set of one value, or of one value repeated, is that value.
  if (set.min === set.max) return addValue(bucket, set.min, set.count);
  bucket.sum += set.sum;
  bucket.count += set.count;
  bucket.min = Math.min(bucket.min, set.min);
  bucket.max = Math.max(bucket.max, set.max);
  bucket.opaque = true;
}

/** One bucket of a longer period. */
export function merge(buckets: Bucket[], index: number): Bucket {
  const [only] = buckets;
  if (only && buckets.length === 1) return { ...only, index };
  const merged = emptyBucket(index);
  const counts = new Map<number, number>();
  for (const bucket of buckets) {
    merged.sum += bucket.sum;
    merged.count += bucket.count;
    merged.min = Math.min(merged.min, bucket.min);
    merged.max = Math.max(merged.max, bucket.max);
    merged.opaque ||= bucket.opaque;
    for (let i = 0; i < bucket.values.length; i += 2) {
      const value = bucket.values[i] ?? 0;
      counts.set(value, (counts.get(value) ?? 0) + (bucket.values[i + 1] ?? 0));
    }
  }
  merged.values = [...counts].flat();
  return merged;
}

function countValue(values: number[], value: number, count: number): void {
  for (let i = 0; i < values.length; i += 2) {
    if (values[i] === value) {
      values[i + 1] = (values[i + 1] ?? 0) + count;
      return;
    }
  }
  values.push(value, count);
}

function coarser(values: number[]): number[] {
  for (const digits of [3, 2]) {
    const counts = new Map<number, number>();
    for (let i = 0; i < values.length; i += 2) {
      const rounded = Number((values[i] ?? 0).toPrecision(digits));
      counts.set(rounded, (counts.get(rounded) ?? 0) + (values[i + 1] ?? 0));
    }
    if (counts.size <= DISTINCT_VALUES || digits === 2) return [...counts].flat();
  }
  return values;
}
