import type { Health } from "#server/services/schema.ts";

const worstFirst: readonly Health[] = ["failed", "degraded", "unknown", "moving", "ok"];

/** Health of several targets told as one: the worst of them, and unknown when there is none. */
export function worstHealth(targets: readonly { health: Health }[]): Health {
  return worstFirst.find((health) => targets.some((target) => target.health === health)) ?? "unknown";
}
