import { expect, test } from "vitest";
import { countUsage, saveUsage } from "../aws/usage.ts";
import { actors, testContext } from "../testing/factories.ts";
import { withDatabase } from "../testing/with-database.ts";
import { getAwsUsage } from "./queries.ts";

const database = withDatabase();
const call = {
  accountId: "000000000000",
  region: "us-east-1",
  service: "ECS",
  operation: "DescribeServices",
  outcome: "done",
  units: 0,
} as const;

test("what two processes counted is added up, by day, and shown with its pace", async () => {
  // One moment for all: a day may end while the test runs.
  const now = new Date();
  countUsage(call, new Date(now.getTime() - 86_400_000));
  await saveUsage(database.db);
  countUsage(call, now);
  countUsage({ ...call, outcome: "throttled" }, now);
  countUsage({ ...call, service: "CloudWatch", operation: "GetMetricData", units: 500 }, now);
  await saveUsage(database.db);
  countUsage({ ...call, outcome: "failed" }, now);
  await saveUsage(database.db);
  await saveUsage(database.db);
  expect(await database.db.awsUsage.count()).toBe(3);
  const ctx = testContext(database.db, actors.viewer, { now: () => now });
  const usage = await getAwsUsage(ctx, {});
  expect(usage).toMatchObject({ calls: 5, throttled: 1 });
  expect(
    usage.items.map(({ operation, calls, throttled, failed, units }) => [operation, calls, throttled, failed, units]),
  ).toEqual([
    ["GetMetricData", 1, 0, 0, 500],
    ["DescribeServices", 4, 1, 1, 0],
  ]);
  expect(usage.usdPerMonth).toBeCloseTo(((500 / usage.days) * 30 * 0.01) / 1000, 6);
  const today = await getAwsUsage(ctx, { days: 1 });
  expect(today.calls).toBe(4);
});

test("what the database could not take is kept for the next time", async () => {
  await database.db.$executeRaw`alter table aws_usage rename to aws_usage_away`;
  const now = new Date();
  countUsage({ ...call, region: "eu-west-1" }, now);
  await saveUsage(database.db);
  countUsage({ ...call, region: "eu-west-1" }, now);
  await database.db.$executeRaw`alter table aws_usage_away rename to aws_usage`;
  await saveUsage(database.db);
  expect(await database.db.awsUsage.findMany({ where: { region: "eu-west-1" } })).toMatchObject([{ calls: 2n }]);
});

test("nobody without a role sees it", async () => {
  await expect(getAwsUsage(testContext(database.db, actors.nobody), {})).rejects.toMatchObject({ code: "forbidden" });
});
