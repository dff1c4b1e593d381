"use client";

import { lazy, Suspense } from "react";
import { Dialog } from "#components/ui/dialog.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import type { RollbackFormProps } from "./rollback-form.tsx";

const RollbackForm = lazy(() => import("./rollback-form.tsx").then((module) => ({ default: module.RollbackForm })));

type RollbackDialogProps = Omit<RollbackFormProps, "onDone"> & { isOpen: boolean; onClose: () => void };

/** Rolling back is one decision: the target is chosen already. */
export function RollbackDialog({ isOpen, onClose, ...form }: RollbackDialogProps) {
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={`Roll back ${form.service} in ${form.environment}`} width="wide">
      <Suspense fallback={<SkeletonRows rows={4} label="Loading what would happen" />}>
        <RollbackForm {...form} onDone={onClose} />
      </Suspense>
    </Dialog>
  );
}
