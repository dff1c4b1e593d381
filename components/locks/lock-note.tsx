"use client";

import { lazy, Suspense, useState } from "react";
import { whyNotOf } from "#components/lib/permit.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog, preloadDialog } from "#components/ui/dialog.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { State } from "#components/ui/state.tsx";
import type { LockRef } from "#server/environments/schema.ts";

const LiftForm = lazy(() => import("./lift-form.tsx").then((module) => ({ default: module.LiftForm })));

/** Who keeps this still, why and until when, with the way to end it. */
export function LockNote({ lock }: { lock: LockRef | null }) {
  const [isOpen, setOpen] = useState(false);
  if (!lock) return null;
  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-small" onPointerEnter={preloadDialog}>
      <State kind="waiting" label={lock.words} isToned className="min-w-0 !whitespace-normal" />
      <Button size="small" onClick={() => setOpen(true)} disabledReason={whyNotOf(lock.lift)}>
        Lift lock…
      </Button>
      <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title="Lift the lock?" description={lock.words}>
        <Suspense fallback={<SkeletonRows rows={2} label="Loading" />}>
          <LiftForm lock={lock} onDone={() => setOpen(false)} />
        </Suspense>
      </Dialog>
    </div>
  );
}
