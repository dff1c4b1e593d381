"use client";

import { lazy, Suspense } from "react";
import { Dialog } from "#components/ui/dialog.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import type { DeploymentDto } from "#server/deployments/schema.ts";

const CancelForm = lazy(() => import("./cancel-form.tsx").then((module) => ({ default: module.CancelForm })));

type CancelDialogProps = { deployment: DeploymentDto; isOpen: boolean; onClose: () => void };

export function CancelDialog({ deployment, isOpen, onClose }: CancelDialogProps) {
  const { service, environment, release, from } = deployment;
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={`Cancel ${release.version} to ${environment.slug}?`}
      description={
        from
          ? `The rollout of ${service.slug} stops, and ${from.version} takes all its tasks back.`
          : `The rollout of ${service.slug} stops where it is.`
      }
    >
      <Suspense fallback={<SkeletonRows rows={2} />}>
        <CancelForm deployment={deployment.id} onDone={onClose} />
      </Suspense>
    </Dialog>
  );
}
