"use client";

import { lazy } from "react";
import { whyNotOf } from "#components/lib/permit.ts";
import { useZoned } from "#components/lib/zone.ts";
import { DialogButton } from "#components/ui/dialog-button.tsx";
import type { LockRef } from "#server/environments/schema.ts";

const LiftForm = lazy(() => import("./lift-form.tsx").then((module) => ({ default: module.LiftForm })));

/** Opens the dialog that ends a lock. In a list, the button's name says of which. */
export function LiftButton({ lock, isInList }: { lock: LockRef; isInList?: boolean }) {
  const words = useZoned(lock.words);
  return (
    <DialogButton
      label="Lift lock…"
      {...(isInList ? { ariaLabel: `Lift lock: ${words}` } : {})}
      isSmall
      title="Lift the lock?"
      description={words}
      disabledReason={whyNotOf(lock.lift)}
    >
      {(close) => <LiftForm lock={lock} onDone={close} />}
    </DialogButton>
  );
}
