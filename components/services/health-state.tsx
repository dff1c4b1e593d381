import { State, type StateProps } from "#components/ui/state.tsx";
import type { Health } from "#server/services/schema.ts";

const words: Record<Health, string> = {
  ok: "healthy",
  moving: "changing",
  degraded: "degraded",
  failed: "down",
  unknown: "unknown",
};

/** Health of a target, with the reason on hover where there is one. */
export function HealthState({ health, ...rest }: Omit<StateProps, "kind" | "label"> & { health: Health }) {
  return <State {...rest} kind={health} label={words[health]} />;
}
