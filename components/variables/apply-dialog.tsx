"use client";

import { lazy, Suspense } from "react";
import { Dialog } from "#components/ui/dialog.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import type { ApplyFormProps } from "./apply-form.tsx";

const ApplyForm = lazy(() => import("./apply-form.tsx").then((module) => ({ default: module.ApplyForm })));

/** Deploys saved variables with the release that runs. */
export function ApplyDialog({ onClose, ...form }: ApplyFormProps & { onClose: () => void }) {
  const { service, environment } = form.place;
  return (
    <Dialog isOpen onClose={onClose} title={`Apply variables of ${service} in ${environment}`} width="wide">
      <Suspense fallback={<SkeletonRows rows={4} label="Loading what would change" />}>
        <ApplyForm {...form} />
      </Suspense>
    </Dialog>
  );
}
