/** The part of Prometheus that QKart needs: counters, gauges and one histogram, in the text format 0.0.4. */

type Labels = Record<string, string>;
type Family = { name: string; help: string; type: "counter" | "gauge" | "histogram"; samples(): string[] };

export type Counter = { add(value: number, labels?: Labels): void; total(): number };
export type Histogram = { observe(value: number, labels?: Labels): void };

export type Metrics = {
  counter(name: string, help: string): Counter;
  gauge(name: string, help: string, read: () => number): void;
  histogram(name: string, help: string, buckets: readonly number[]): Histogram;
  render(): string;
};

export function createMetrics(constantLabels: Labels): Metrics {
  const families: Family[] = [];

  return {
    counter(name, help) {
      const values = new Map<string, number>();
      families.push({
        name,
        help,
        type: "counter",
        samples: () => [...values].map(([key, value]) => `${name}${key} ${value}`),
      });
      return {
        add(value, labels = {}) {
          const key = labelText({ ...constantLabels, ...labels });
          values.set(key, (values.get(key) ?? 0) + value);
        },
        total: () => [...values.values()].reduce((sum, value) => sum + value, 0),
      };
    },
    gauge(name, help, read) {
      families.push({ name, help, type: "gauge", samples: () => [`${name}${labelText(constantLabels)} ${read()}`] });
    },
    histogram(name, help, buckets) {
      const series = new Map<string, { labels: Labels; counts: number[]; sum: number; count: number }>();
      families.push({
        name,
        help,
        type: "histogram",
        samples: () => [...series.values()].flatMap((one) => bucketLines(name, buckets, one)),
      });
      return {
        observe(value, labels = {}) {
          const all = { ...constantLabels, ...labels };
          const key = labelText(all);
          const one = series.get(key) ?? { labels: all, counts: buckets.map(() => 0), sum: 0, count: 0 };
          series.set(key, one);
          buckets.forEach((bound, index) => {
            if (value <= bound) one.counts[index] = (one.counts[index] ?? 0) + 1;
          });
          one.sum += value;
          one.count += 1;
        },
      };
    },
    render: () =>
      families
        .map((family) =>
          [`# HELP ${family.name} ${family.help}`, `# TYPE ${family.name} ${family.type}`, ...family.samples()].join(
            "\n",
          ),
        )
        .join("\n") + "\n",
  };
}

function bucketLines(
  name: string,
  buckets: readonly number[],
  series: { labels: Labels; counts: number[]; sum: number; count: number },
): string[] {
  const bounds = buckets.map(
    (bound, index) =>
      `${name}_bucket${labelText({ ...series.labels, le: String(bound) })} ${series.counts[index] ?? 0}`,
  );
  const own = labelText(series.labels);
  return [
    ...bounds,
    `${name}_bucket${labelText({ ...series.labels, le: "+Inf" })} ${series.count}`,
    `${name}_sum${own} ${series.sum}`,
    `${name}_count${own} ${series.count}`,
  ];
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}="${value.replace(/["\\\n]/g, "_")}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}
