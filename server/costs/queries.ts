import { query } from "../core/query.ts";
import { judgeUsage } from "./rules.ts";
import { awsUsageInput, type AwsUsageDto } from "./schema.ts";

const dayMs = 86_400_000;

/** Less than an hour says nothing about a month. */
const leastDays = 1 / 24;

/** How often AWS was called in the last days, against its quotas and prices. */
export const getAwsUsage = query({
  name: "getAwsUsage",
  permission: "all:read",
  input: awsUsageInput,
  async run({ db, now }, { days }): Promise<AwsUsageDto> {
    const today = Math.floor(now().getTime() / dayMs) * dayMs;
    const from = new Date(today - (days - 1) * dayMs);
    const where = { day: { gte: from } };
    const groups = await db.awsUsage.groupBy({
      by: ["accountId", "region", "service", "operation"],
      where,
      _sum: { calls: true, throttled: true, failed: true, units: true },
      _min: { day: true },
      orderBy: [{ service: "asc" }, { operation: "asc" }, { accountId: "asc" }, { region: "asc" }],
    });
    const begun = Math.min(...groups.map(({ _min }) => _min.day?.getTime() ?? Infinity));
    // Days are whole in the table: the first counts from its midnight, so that a short time is never blown up.
    const counted = Math.max(leastDays, Number.isFinite(begun) ? (now().getTime() - begun) / dayMs : 0);
    const rows = groups.map(({ accountId, region, service, operation, _sum }) => ({
      accountId,
      region,
      service,
      operation,
      calls: Number(_sum.calls ?? 0n),
      throttled: Number(_sum.throttled ?? 0n),
      failed: Number(_sum.failed ?? 0n),
      units: Number(_sum.units ?? 0n),
    }));
    const items = judgeUsage(rows, counted);
    const total = (of: (row: (typeof items)[number]) => number) => items.reduce((sum, row) => sum + of(row), 0);
    return {
      since: Number.isFinite(begun) ? new Date(begun).toISOString() : null,
      days: counted,
      items,
      calls: total((row) => row.calls),
      throttled: total((row) => row.throttled),
      usdPerMonth: total((row) => row.usdPerMonth),
    };
  },
});
