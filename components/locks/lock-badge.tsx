"use client";

import { useZoned } from "#components/lib/zone.ts";
import { State } from "#components/ui/state.tsx";
import type { LockRef } from "#server/environments/schema.ts";

/** Says that nothing may be deployed there, and on hover by whom and why. */
export function LockBadge({ lock }: { lock: LockRef }) {
  const words = useZoned(lock.words);
  return (
    <span data-tip={words}>
      <State kind="waiting" label="locked" isToned />
      <span className="sr-only">: {words}</span>
    </span>
  );
}
