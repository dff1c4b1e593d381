"use client";

import { lazy, Suspense } from "react";
import { Dialog } from "#components/ui/dialog.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import type { ReleaseDto } from "#server/releases/schema.ts";
import type { JudgeFormProps } from "./judge-form.tsx";

const JudgeForm = lazy(() => import("./judge-form.tsx").then((module) => ({ default: module.JudgeForm })));

type JudgeDialogProps = {
  release: ReleaseDto | undefined;
  environment: JudgeFormProps["environment"];
  onClose: () => void;
};

/** Says whether a release works in an environment, and keeps it from being deployed there or lets it go. */
export function JudgeDialog({ release, environment, onClose }: JudgeDialogProps) {
  return (
    <Dialog isOpen={release !== undefined} onClose={onClose} title={`${release?.version ?? ""} in ${environment.slug}`}>
      {release ? (
        <Suspense fallback={<SkeletonRows rows={4} label="Loading" />}>
          <JudgeForm release={release} environment={environment} onDone={onClose} />
        </Suspense>
      ) : null}
    </Dialog>
  );
}
