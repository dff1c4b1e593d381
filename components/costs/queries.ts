import { api } from "#components/lib/api.ts";

/** Calls of AWS in the last week. */
export const awsUsage = () => api.costs.awsUsage.queryOptions({ input: {} });
