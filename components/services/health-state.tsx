import { State, type StateProps } from "#components/ui/state.tsx";
import type { Health } from "#server/services/schema.ts";

export const healthWords: Record<Health, string> = {
  ok: "healthy",
  moving: "changing",
  degraded: "degraded",
  failed: "down",
  unknown: "unknown",
};

/** How one target is, in a word: where no task is wanted, none is no illness. */
export function healthWord(target: { health: Health; desiredCount: number; observedAt: string | null }): string {
  const isAtZero = target.health === "unknown" && target.observedAt !== null && target.desiredCount === 0;
  return isAtZero ? "scaled to zero" : healthWords[target.health];
}

type HealthStateProps = Omit<StateProps, "kind" | "label"> & {
  health: Health;
  /** How many tasks are wanted, where one target is shown that was seen: none are no illness. */
  desiredCount?: number | undefined;
};

/** Health of a target in words. */
export function HealthState({ health, desiredCount, ...rest }: HealthStateProps) {
  const isAtZero = health === "unknown" && desiredCount === 0;
  return <State {...rest} kind={health} label={isAtZero ? "scaled to zero" : healthWords[health]} />;
}
