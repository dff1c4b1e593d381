import { AwsError } from "../contract.ts";
import type { ServiceDefinition } from "../contract.ts";

type Bucket = { tokens: number; at: number };

/**
 * Token buckets per account and region, in real time: what is protected is the caller's request rate, and a
 * portal that runs scaled must keep within the quotas it will meet on AWS.
 */
export function createThrottle(now: () => number) {
  const buckets = new Map<string, Bucket>();
  return (service: ServiceDefinition, action: string, owner: string): void => {
    for (const [name, limit] of Object.entries(service.buckets ?? {})) {
      if (!limit.actions.includes(action)) continue;
      const key = `${owner}/${service.name}/${name}`;
      const at = now();
      const bucket = buckets.get(key) ?? { tokens: limit.burst, at };
      bucket.tokens = Math.min(limit.burst, bucket.tokens + ((at - bucket.at) / 1000) * limit.perSecond);
      bucket.at = at;
      buckets.set(key, bucket);
      if (bucket.tokens < 1) throw new AwsError("ThrottlingException", "Rate exceeded");
      bucket.tokens -= 1;
    }
  };
}
