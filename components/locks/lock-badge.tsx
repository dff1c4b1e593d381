import { State } from "#components/ui/state.tsx";
import type { LockRef } from "#server/environments/schema.ts";

/** Says that nothing may be deployed there, and on hover by whom and why. */
export function LockBadge({ lock }: { lock: LockRef | null }) {
  if (!lock) return null;
  return (
    <span data-tip={lock.words}>
      <State kind="waiting" label="locked" isToned />
      <span className="sr-only">: {lock.words}</span>
    </span>
  );
}
