"use client";

import { lazy, Suspense, useState } from "react";
import { whyNotOf } from "#components/lib/permit.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog, preloadDialog } from "#components/ui/dialog.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import type { LockFormProps } from "./lock-form.tsx";

const LockForm = lazy(() => import("./lock-form.tsx").then((module) => ({ default: module.LockForm })));

type LockButtonProps = Omit<LockFormProps, "onDone"> & { permit: true | string };

/** Opens the dialog that keeps a service, an environment, or both from being deployed to. */
export function LockButton({ permit, ...place }: LockButtonProps) {
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <span className="contents" onPointerEnter={preloadDialog}>
      <Button onClick={() => setOpen(true)} disabledReason={whyNotOf(permit)}>
        Lock…
      </Button>
      <Dialog isOpen={isOpen} onClose={close} title="Lock against deployments">
        <Suspense fallback={<SkeletonRows rows={4} label="Loading" />}>
          <LockForm {...place} onDone={close} />
        </Suspense>
      </Dialog>
    </span>
  );
}
