import { localAwsUrl } from "./product.ts";

/** One call that local AWS answered. */
export type Call = {
  action: string;
  effect: "changed" | "none";
  outcome: "ok" | "error";
  input: { cluster?: string; service?: string; family?: string; taskDefinition?: string };
};

/** Calls of an ECS action since a moment in epoch milliseconds, oldest first. */
export async function ecsCalls(action: string, since: number): Promise<Call[]> {
  const query = new URLSearchParams({ service: "ecs", action, since: String(since) });
  const response = await fetch(`${localAwsUrl()}/_local/journal?${query}`);
  return ((await response.json()) as { entries: Call[] }).entries;
}
