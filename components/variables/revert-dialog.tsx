"use client";

import { lazy, Suspense } from "react";
import { Dialog } from "#components/ui/dialog.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import type { RevertFormProps } from "./revert-form.tsx";

const RevertForm = lazy(() => import("./revert-form.tsx").then((module) => ({ default: module.RevertForm })));

/** Brings an earlier version's content back as a new version. */
export function RevertDialog({ onClose, ...form }: Omit<RevertFormProps, "onDone"> & { onClose: () => void }) {
  return (
    <Dialog isOpen onClose={onClose} title={`Revert to version ${form.to}`} width="wide">
      <Suspense fallback={<SkeletonRows rows={4} label="Loading what would change" />}>
        <RevertForm {...form} onDone={onClose} />
      </Suspense>
    </Dialog>
  );
}
