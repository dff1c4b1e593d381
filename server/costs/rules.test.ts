import { expect, test } from "vitest";
import { judgeUsage, type Counted } from "./rules.ts";

const counted = (more: Partial<Counted>): Counted => ({
  accountId: "000000000000",
  region: "us-east-1",
  service: "ECS",
  operation: "DescribeServices",
  calls: 0,
  throttled: 0,
  failed: 0,
  units: 0,
  ...more,
});

test("operations that share a quota are added up, within one account and region alone", () => {
  const day = 86_400;
  const [describe, list, elsewhere, unknown] = judgeUsage(
    [
      counted({ calls: day }),
      counted({ operation: "ListServices", calls: day }),
      counted({ region: "eu-west-1", calls: day }),
      counted({ service: "ELB", operation: "DescribeTargetHealth", calls: day }),
    ],
    1,
  );
  expect(describe?.quota).toMatchObject({ perSecond: 20, share: 0.1 });
  expect(list?.quota?.share).toBe(0.1);
  expect(elsewhere?.quota?.share).toBe(0.05);
  expect(unknown?.quota).toBeNull();
});

test("metrics are billed by the metric, and what was not looked up has no price", () => {
  const [ecs, metrics, ...others] = judgeUsage(
    [
      counted({ calls: 1_000_000 }),
      // The arithmetic of 100 services with 6 metrics each, every minute for 30 days: 259 USD a month.
      counted({ service: "CloudWatch", operation: "GetMetricData", calls: 1440 * 2, units: 100 * 6 * 1440 }),
      counted({ service: "CloudWatch", operation: "DescribeAlarms", calls: 2_000 }),
      counted({ service: "SecretsManager", operation: "DescribeSecret", calls: 10_000 }),
    ],
    1,
  );
  expect(ecs).toMatchObject({ usdPerMonth: 0, price: null });
  expect(metrics?.usdPerMonth).toBeCloseTo(259.2, 5);
  expect(others.map(({ price, usdPerMonth }) => ({ price, usdPerMonth }))).toEqual([
    { price: null, usdPerMonth: 0 },
    { price: null, usdPerMonth: 0 },
  ]);
});

test("a pace is per day, however long was counted", () => {
  expect(judgeUsage([counted({ calls: 700 })], 7)[0]?.callsPerDay).toBe(100);
  expect(judgeUsage([counted({ calls: 5 })], 0.5)[0]?.callsPerDay).toBe(10);
});
