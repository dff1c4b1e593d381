import { operation } from "../api/procedure.ts";
import { getAwsUsage } from "./queries.ts";
import { awsUsageDto } from "./schema.ts";

export const costsRouter = {
  awsUsage: operation(
    getAwsUsage,
    {
      method: "GET",
      path: "/aws-usage",
      summary: "How often AWS was called, how near its quotas, and what that costs",
      tag: "costs",
    },
    awsUsageDto,
  ),
};
