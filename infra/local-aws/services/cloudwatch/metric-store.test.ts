import fc from "fast-check";
import { expect, test } from "vitest";
import { createMetricStore } from "./metric-store.ts";
import { createPeriods } from "./periods.ts";
import { parseStatistic } from "./statistic.ts";

const metric = { namespace: "n", name: "m", dimensions: {} };
const start = Date.UTC(2026, 10, 22);

test("every value is in exactly one bucket, whatever the scale and period", () => {
  const scales = fc.constantFrom(1, 3, 7, 10, 60, 100);
  const periods = fc.constantFrom(60, 300, 3600);
  const offsets = fc.array(fc.integer({ min: 0, max: 20 * 60_000 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(scales, periods, offsets, (scale, periodSeconds, moments) => {
      const store = createMetricStore(createPeriods(scale));
      for (const offset of moments)
        store.put("r", { ...metric, data: [{ value: 1, count: 1 }], at: start + offset / scale });
      const range = { from: start, to: start + (20 * 60_000) / scale + 1 };
      const found = store.read("r", { metric, periodSeconds, ...range });
      expect(found.reduce((sum, { bucket }) => sum + bucket.count, 0)).toBe(moments.length);
      const widthMs = (periodSeconds * 1000) / scale;
      found.forEach(({ at }, index) => {
        expect(Math.abs(at / widthMs - Math.round(at / widthMs))).toBeLessThan(1e-6);
        expect(at).toBeGreaterThan(found[index - 1]?.at ?? -1);
      });
    }),
  );
});

test("percentiles are exact by nearest rank for up to 256 values, and within 5 % beyond", () => {
  const values = fc.array(
    fc.integer({ min: 1, max: 1_000_000 }).map((value) => value / 1000),
    { minLength: 1, maxLength: 600 },
  );
  fc.assert(
    fc.property(values, fc.constantFrom(1, 50, 90, 99, 99.9), (raw, percent) => {
      const store = createMetricStore(createPeriods(1));
      store.put("r", { ...metric, data: raw.map((value) => ({ value, count: 1 })), at: start });
      const [found] = store.read("r", { metric, periodSeconds: 60, from: start, to: start + 60_000 });
      const sorted = [...raw].sort((a, b) => a - b);
      const exact = sorted[Math.max(0, Math.ceil(Number(((percent / 100) * raw.length).toPrecision(12))) - 1)] ?? NaN;
      const value = found && parseStatistic(`p${percent}`)?.(found.bucket);
      const tolerance = raw.length <= 256 ? 0 : exact * 0.05;
      expect(Math.abs((value ?? NaN) - exact)).toBeLessThanOrEqual(tolerance);
    }),
  );
});

test("old buckets go", () => {
  const store = createMetricStore(createPeriods(1));
  for (let minute = 0; minute < 5_000; minute++)
    store.put("r", { ...metric, data: [{ value: 1, count: 1 }], at: start + minute * 60_000 });
  const found = store.read("r", { metric, periodSeconds: 60, from: start, to: start + 5_000 * 60_000 });
  expect(found.length).toBeLessThanOrEqual(3_300);
  expect(found.at(-1)?.at).toBe(start + 4_999 * 60_000);
});

test("high resolution is kept only when asked for", () => {
  const store = createMetricStore(createPeriods(1));
  const put = (name: string, highResolution: boolean) =>
    [0, 10].forEach((second) =>
      store.put("r", { ...metric, name, data: [{ value: 1, count: 1 }], at: start + second * 1000, highResolution }),
    );
  put("fine", true);
  put("coarse", false);
  const read = (name: string) =>
    store.read("r", { metric: { ...metric, name }, periodSeconds: 10, from: start, to: start + 60_000 });
  expect(read("fine").map(({ at }) => at - start)).toEqual([0, 10_000]);
  expect(read("coarse").map(({ at }) => at - start)).toEqual([0]);
});
