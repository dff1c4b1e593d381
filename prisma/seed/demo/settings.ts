import type { Config } from "#server/core/config.ts";
import { Refusal } from "../refusal.ts";

export type DemoSettings = {
  databaseUrl: string;
  /** Where local AWS listens. */
  endpoint: string;
  region: string;
  /** Port of development's load balancer; the others follow it. */
  firstLoadBalancerPort: number;
  /** Of every account of the demo. */
  password: string;
};

const loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** What the demo needs of the configuration. Refuses anything that is not local AWS: it creates and starts things. */
export function readSettings(config: Config): DemoSettings {
  if (config.QUARTERDECK_AWS !== "local")
    throw new Refusal("The demo is for local AWS alone: QUARTERDECK_AWS is not local.");
  const endpoint = config.AWS_ENDPOINT_URL ?? `http://127.0.0.1:${config.LOCAL_AWS_PORT}`;
  if (!loopback.has(new URL(endpoint).hostname)) {
    throw new Refusal(`The demo is for local AWS alone, and AWS_ENDPOINT_URL is ${endpoint}.`);
  }
  if (!config.DATABASE_URL) throw new Refusal("DATABASE_URL is not set. npm start sets it for the embedded database.");
  if (!config.LOCAL_PASSWORD) throw new Refusal("LOCAL_PASSWORD is not set. npm start generates it.");
  return {
    databaseUrl: config.DATABASE_URL,
    endpoint,
    region: config.AWS_REGION,
    firstLoadBalancerPort: config.LOCAL_LB_PORT,
    password: config.LOCAL_PASSWORD,
  };
}

/** Static credentials: whatever the shell carries, no real account is ever asked. */
export function localAwsClient({ endpoint, region }: DemoSettings) {
  return { endpoint, region, credentials: { accessKeyId: "local", secretAccessKey: "local" } };
}
