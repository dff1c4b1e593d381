"use client";

import { lazy, Suspense } from "react";
import { Dialog } from "#components/ui/dialog.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import type { ScaleFormProps } from "./scale-form.tsx";

const ScaleForm = lazy(() => import("./scale-form.tsx").then((module) => ({ default: module.ScaleForm })));

type ScaleDialogProps = Omit<ScaleFormProps, "onDone"> & { environment: string; isOpen: boolean; onClose: () => void };

/** Another number of tasks. */
export function ScaleDialog({ environment, isOpen, onClose, ...form }: ScaleDialogProps) {
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={`Scale ${form.service} in ${environment}`}>
      <Suspense fallback={<SkeletonRows rows={3} label="Loading" />}>
        <ScaleForm {...form} onDone={onClose} />
      </Suspense>
    </Dialog>
  );
}
