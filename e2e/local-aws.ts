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

/** How ECS answers actions: without an answer, or carrying them out and losing the answer. `times` is all of them by default. */
export type Faults = Record<
  string,
  "unavailable" | "throttle" | "expired" | "denied" | { kind: "drop-answer"; times: number }
>;

/** From now on ECS answers these actions in this way and every other one as always, until `ecsIsBack`. */
export async function ecsAnswers(faults: Faults): Promise<void> {
  const body = Object.entries(faults).map(([action, fault]) => ({
    service: "ecs",
    action,
    ...(typeof fault === "string" ? { kind: fault, times: 1000 } : fault),
  }));
  const response = await fetch(`${localAwsUrl()}/_local/faults`, { method: "PUT", body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`Local AWS answered ${response.status}: ${await response.text()}`);
}

/** From now on ECS answers an action with 503, until `ecsIsBack`. */
export const ecsRefuses = (action: string): Promise<void> => ecsAnswers({ [action]: "unavailable" });

export const ecsIsBack = (): Promise<void> => ecsAnswers({});
