import type { PriceDto, UsageRowDto } from "./schema.ts";

/** Operations of one service that share a quota per account and region, calls per second on average. */
type Quota = { name: string; service: string; operations: readonly string[]; perSecond: number };

/** Amazon ECS API request throttling, and service quotas of CloudWatch and CloudWatch Logs. */
const quotas: readonly Quota[] = [
  { name: "ECS service reads", service: "ECS", operations: ["DescribeServices", "ListServices"], perSecond: 20 },
  {
    name: "ECS deployment reads",
    service: "ECS",
    operations: ["DescribeServiceDeployments", "ListServiceDeployments"],
    perSecond: 20,
  },
  { name: "ECS revision reads", service: "ECS", operations: ["DescribeServiceRevisions"], perSecond: 20 },
  { name: "ECS task reads", service: "ECS", operations: ["DescribeTasks", "ListTasks"], perSecond: 20 },
  {
    name: "ECS task definition reads",
    service: "ECS",
    operations: ["DescribeTaskDefinition", "ListTaskDefinitions", "ListTaskDefinitionFamilies"],
    perSecond: 20,
  },
  { name: "ECS cluster reads", service: "ECS", operations: ["DescribeClusters", "ListClusters"], perSecond: 20 },
  {
    name: "ECS service writes",
    service: "ECS",
    operations: ["CreateService", "UpdateService", "DeleteService"],
    perSecond: 5,
  },
  {
    name: "ECS task definition writes",
    service: "ECS",
    operations: ["RegisterTaskDefinition", "DeregisterTaskDefinition"],
    perSecond: 1,
  },
  { name: "ECS task starts and stops", service: "ECS", operations: ["RunTask", "StopTask"], perSecond: 40 },
  { name: "CloudWatch alarm reads", service: "CloudWatch", operations: ["DescribeAlarms"], perSecond: 9 },
  { name: "CloudWatch metric reads", service: "CloudWatch", operations: ["GetMetricData"], perSecond: 50 },
  { name: "Log stream reads", service: "CloudWatchLogs", operations: ["DescribeLogStreams"], perSecond: 25 },
];

type Priced = { service: string; operation: string; price: PriceDto };

/**
 * Published prices in us-east-1 that were looked up, free tiers not deducted, by the units that AWS bills. Whatever is
 * not here is shown as not priced, never as free: whether AWS bills it was not looked up.
 */
const prices: readonly Priced[] = [
  {
    service: "CloudWatch",
    operation: "GetMetricData",
    price: { usd: 0.01, per: 1_000, unit: "metrics asked for", source: "https://aws.amazon.com/cloudwatch/pricing/" },
  },
];

export type Counted = Pick<
  UsageRowDto,
  "accountId" | "region" | "service" | "operation" | "calls" | "throttled" | "failed" | "units"
>;

const secondsPerDay = 86_400;

function quotaOf(row: Counted, all: readonly Counted[], days: number): UsageRowDto["quota"] {
  const quota = quotas.find(({ service, operations }) => service === row.service && operations.includes(row.operation));
  if (!quota) return null;
  const sharing = all.filter(
    ({ accountId, region, service, operation }) =>
      accountId === row.accountId &&
      region === row.region &&
      service === row.service &&
      quota.operations.includes(operation),
  );
  const calls = sharing.reduce((sum, one) => sum + one.calls, 0);
  return { name: quota.name, perSecond: quota.perSecond, share: calls / (days * secondsPerDay * quota.perSecond) };
}

function priceOf({ service, operation }: Counted): Priced | undefined {
  return prices.find((one) => one.service === service && one.operation === operation);
}

/** What counted calls mean: their pace, their share of AWS's quotas, and what those cost whose price is known. `days` is how long was counted. */
export function judgeUsage(rows: readonly Counted[], days: number): UsageRowDto[] {
  return rows.map((row) => {
    const priced = priceOf(row);
    return {
      ...row,
      id: [row.accountId, row.region, row.service, row.operation].join("/"),
      callsPerDay: row.calls / days,
      quota: quotaOf(row, rows, days),
      price: priced?.price ?? null,
      usdPerMonth: priced ? ((row.units / days) * 30 * priced.price.usd) / priced.price.per : 0,
    };
  });
}
