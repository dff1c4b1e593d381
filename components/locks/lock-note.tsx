"use client";

import { useZoned } from "#components/lib/zone.ts";
import { State } from "#components/ui/state.tsx";
import type { LockRef } from "#server/environments/schema.ts";
import { LiftButton } from "./lift-button.tsx";

/** Who keeps this still, why and until when, with the way to end it. */
export function LockNote({ lock }: { lock: LockRef }) {
  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-small">
      <State kind="waiting" label={useZoned(lock.words)} isToned className="min-w-0 !whitespace-normal" />
      <LiftButton lock={lock} />
    </div>
  );
}
