"use client";

import { lazy, Suspense } from "react";
import { Dialog } from "#components/ui/dialog.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import type { DeployFormProps } from "./deploy-form.tsx";

const DeployForm = lazy(() => import("./deploy-form.tsx").then((module) => ({ default: module.DeployForm })));

/** Deploying is two decisions: which release, with what it brings, and yes. */
export function DeployDialog({ isOpen, onClose, ...form }: DeployFormProps & { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={`Deploy ${form.service} to ${form.environment}`} width="wide">
      <Suspense fallback={<SkeletonRows rows={4} label="Loading what would change" />}>
        <DeployForm {...form} />
      </Suspense>
    </Dialog>
  );
}
