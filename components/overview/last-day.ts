import type { ChangeDto } from "#server/changes/schema.ts";

const dayMs = 24 * 3_600_000;

export type Tick = { id: string; x: number; isProduction: boolean; isBad: boolean };

const bad = new Set(["failed", "rolled_back", "rollback_failed"]);

/** Changes of the last 24 hours as positions from 0 (a day ago) to 1000 (now). `now` in epoch milliseconds. */
export function lastDay(changes: readonly ChangeDto[], now: number): Tick[] {
  return changes
    .map((change) => ({
      id: change.id,
      x: Math.round((1000 * (Date.parse(change.at) - (now - dayMs))) / dayMs),
      isProduction: change.environment?.kind === "production",
      isBad: bad.has(change.outcome ?? ""),
    }))
    .filter(({ x }) => x >= 0 && x <= 1000);
}
