import { z } from "zod";

export const awsUsageInput = z.object({
  days: z.coerce.number().int().min(1).max(90).default(7).describe("How many days to look at, today among them"),
});

/** What calls of one operation cost; null when its price was not looked up. */
export const priceDto = z.object({
  usd: z.number(),
  per: z.number().int().describe("So many units cost that much"),
  unit: z.string(),
  source: z.string(),
});
export type PriceDto = z.infer<typeof priceDto>;

export const usageRowDto = z.object({
  id: z.string(),
  accountId: z.string(),
  region: z.string(),
  service: z.string(),
  operation: z.string(),
  calls: z.number().int().describe("With repeats, in the days looked at"),
  callsPerDay: z.number(),
  throttled: z.number().int(),
  failed: z.number().int(),
  units: z.number().int().describe("What AWS bills by where that is not the call"),
  quota: z
    .object({
      name: z.string(),
      perSecond: z.number(),
      share: z.number().describe("Of the sustained rate, on average, with what shares the quota"),
    })
    .nullable()
    .describe("Null where AWS publishes none"),
  price: priceDto.nullable().describe("Null where it was not looked up, which does not say that AWS bills nothing"),
  usdPerMonth: z.number().describe("At this pace, for 30 days; 0 where there is no price"),
});
export type UsageRowDto = z.infer<typeof usageRowDto>;

export const awsUsageDto = z.object({
  since: z.iso.datetime().nullable().describe("From when on calls were counted; null while there are none"),
  days: z.number().describe("How many days that are, in fractions"),
  items: z.array(usageRowDto),
  calls: z.number().int(),
  throttled: z.number().int(),
  usdPerMonth: z.number().describe("Of what has a price alone"),
});
export type AwsUsageDto = z.infer<typeof awsUsageDto>;
