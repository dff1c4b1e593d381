import { setTimeout as sleep } from "node:timers/promises";
import { loadBalancerUrl } from "./product.ts";
import type { EnvironmentName } from "./product.ts";

/** Which version of the backend answers a shopper of the environment now. */
export async function versionServed(environment: EnvironmentName): Promise<string> {
  const response = await fetch(`${loadBalancerUrl(environment)}/api/version`);
  if (!response.ok) return `status ${response.status}`;
  return ((await response.json()) as { version: string }).version;
}

export type Traffic = {
  /** Ends it, and tells what was answered: how often each version did, and every request that failed. */
  stop(): Promise<{ versions: Map<string, number>; failures: string[] }>;
};

/** Asks the backend through the load balancer, again and again, as a shopper would. */
export function startTraffic(environment: EnvironmentName): Traffic {
  const versions = new Map<string, number>();
  const failures: string[] = [];
  const url = `${loadBalancerUrl(environment)}/api/version`;
  let isOver = false;

  const count = (version: string) => versions.set(version, (versions.get(version) ?? 0) + 1);

  const loop = (async () => {
    while (!isOver) {
      try {
        const response = await fetch(url);
        const text = await response.text();
        if (response.ok) count((JSON.parse(text) as { version: string }).version);
        else failures.push(`${response.status} ${text.slice(0, 200)}`);
      } catch (error) {
        failures.push(String(error instanceof Error ? (error.cause ?? error) : error));
      }
      await sleep(40);
    }
  })();

  return {
    async stop() {
      isOver = true;
      await loop;
      return { versions, failures };
    },
  };
}
