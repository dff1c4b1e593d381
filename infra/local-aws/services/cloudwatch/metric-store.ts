import type { Place } from "../../contract.ts";
import { homeKey } from "../place.ts";
import { addSet, addValue, emptyBucket, merge } from "./bucket.ts";
import type { Bucket, StatisticSet } from "./bucket.ts";
import type { Periods } from "./periods.ts";

export type MetricId = { namespace: string; name: string; dimensions: Record<string, string> };

/** Periods kept per series and resolution: 50 hours of minutes in AWS time. */
const KEPT_BUCKETS = 3_000;
const KEPT_SERIES = 10_000;
const STANDARD_SECONDS = 60;

type Series = MetricId & {
  unit: string;
  minutes: Bucket[];
  /** Periods of one AWS second; only of metrics put with a StorageResolution of 1. */
  seconds: Bucket[];
};

export type Datum = { value: number; count: number } | StatisticSet;

type Point = MetricId & { data: Datum[]; unit?: string; at: number; highResolution?: boolean };
type Range = { metric: MetricId; periodSeconds: number; from: number; to: number };

export type MetricStore = {
  put(place: Place, point: Point): void;
  /**
   * Buckets of a metric by period. `from` (whose period is the first) and `to` (exclusive) are epoch ms; `at` is the
   * start of the bucket on the wall clock.
   */
  read(place: Place, range: Range): { at: number; bucket: Bucket }[];
  list(place: Place): MetricId[];
};

export function createMetricStore({ indexOf, startOf }: Periods): MetricStore {
  const homes = new Map<string, Map<string, Series>>();

  function seriesOf(place: Place, metric: MetricId): Series {
    const key = homeKey(place);
    const home = homes.get(key) ?? new Map<string, Series>();
    homes.set(key, home);
    const id = idOf(metric);
    let found = home.get(id);
    if (!found) {
      const { namespace, name, dimensions } = metric;
      found = { namespace, name, dimensions, unit: "None", minutes: [], seconds: [] };
      home.set(id, found);
      // Every deployment brings metrics with new dimensions: the series that began first go.
      if (home.size > KEPT_SERIES) home.delete(home.keys().next().value ?? "");
    }
    return found;
  }

  return {
    put(place, point) {
      const series = seriesOf(place, point);
      if (point.unit) series.unit = point.unit;
      const targets = [bucketOf(series.minutes, indexOf(point.at, STANDARD_SECONDS))];
      if (point.highResolution) targets.push(bucketOf(series.seconds, indexOf(point.at, 1)));
      for (const bucket of targets) {
        for (const datum of point.data) {
          if ("value" in datum) addValue(bucket, datum.value, datum.count);
          else addSet(bucket, datum);
        }
      }
    },
    read(place, { metric, periodSeconds, from, to }) {
      const series = homes.get(homeKey(place))?.get(idOf(metric));
      if (!series) return [];
      const fine = periodSeconds < STANDARD_SECONDS && series.seconds.length > 0;
      const [buckets, base] = fine ? [series.seconds, 1] : [series.minutes, STANDARD_SECONDS];
      const first = indexOf(from, periodSeconds);
      const groups = new Map<number, Bucket[]>();
      // Base periods nest exactly in longer ones.
      for (let i = position(buckets, Math.floor((first * periodSeconds) / base)); i < buckets.length; i++) {
        const bucket = buckets[i];
        // Whole numbers throughout: the wall clock's fractions must not move a bucket to its neighbour.
        const index = bucket ? Math.floor((bucket.index * base) / periodSeconds) : first - 1;
        if (!bucket || index < first) continue;
        if (startOf(index, periodSeconds) >= to) break;
        groups.set(index, [...(groups.get(index) ?? []), bucket]);
      }
      return [...groups].map(([index, group]) => ({ at: startOf(index, periodSeconds), bucket: merge(group, index) }));
    },
    list: (place) => [...(homes.get(homeKey(place))?.values() ?? [])],
  };
}

function idOf({ namespace, name, dimensions }: MetricId): string {
  const sorted = Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1));
  return [namespace, name, ...sorted.flat()].join("\u0000");
}

/** The bucket of a period, made in its place when absent; nearly always the last one. */
function bucketOf(buckets: Bucket[], index: number): Bucket {
  const last = buckets.at(-1);
  if (last?.index === index) return last;
  const at = last && last.index > index ? position(buckets, index) : buckets.length;
  const there = buckets[at];
  if (there?.index === index) return there;
  const bucket = emptyBucket(index);
  buckets.splice(at, 0, bucket);
  if (buckets.length > KEPT_BUCKETS * 1.1) buckets.splice(0, buckets.length - KEPT_BUCKETS);
  return bucket;
}

function position(buckets: Bucket[], index: number): number {
  let low = 0;
  let high = buckets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((buckets[middle]?.index ?? Infinity) < index) low = middle + 1;
    else high = middle;
  }
  return low;
}
