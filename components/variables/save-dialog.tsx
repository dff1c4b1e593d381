"use client";

import { lazy, Suspense } from "react";
import { Dialog } from "#components/ui/dialog.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import type { SaveFormProps } from "./save-form.tsx";

const SaveForm = lazy(() => import("./save-form.tsx").then((module) => ({ default: module.SaveForm })));

/** The review before saving. */
export function SaveDialog({ onClose, ...form }: SaveFormProps & { onClose: () => void }) {
  const { service, environment } = form.place;
  return (
    <Dialog isOpen onClose={onClose} title={`Save variables of ${service} in ${environment}`} width="wide">
      <Suspense fallback={<SkeletonRows rows={4} label="Loading the review" />}>
        <SaveForm {...form} />
      </Suspense>
    </Dialog>
  );
}
