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

/** From now on ECS answers an action with 503, until `ecsIsBack`. */
export async function ecsRefuses(action: string): Promise<void> {
  const fault = { service: "ecs", action, kind: "unavailable", times: 1000 };
  const response = await fetch(`${localAwsUrl()}/_local/faults`, { method: "POST", body: JSON.stringify(fault) });
  if (response.status !== 201) throw new Error(`Local AWS answered ${response.status}: ${await response.text()}`);
}

export async function ecsIsBack(): Promise<void> {
  await fetch(`${localAwsUrl()}/_local/faults`, { method: "DELETE" });
}
