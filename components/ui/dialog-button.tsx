"use client";

import { Suspense, useState, type ReactNode } from "react";
import { Button } from "./button.tsx";
import { Dialog, preloadDialog, type DialogProps } from "./dialog.tsx";
import { SkeletonRows } from "./skeleton.tsx";

type DialogButtonProps = Pick<DialogProps, "title" | "description"> & {
  label: string;
  /** Name for screen readers, where several buttons have the same label. */
  ariaLabel?: string;
  isPrimary?: boolean;
  isSmall?: boolean;
  disabledReason?: string | undefined;
  /** The form, given what closes the dialog; it may be loaded lazily. */
  children: (close: () => void) => ReactNode;
};

/** A button and the dialog that it opens. */
export function DialogButton({
  label,
  ariaLabel,
  isPrimary,
  isSmall,
  disabledReason,
  children,
  ...dialog
}: DialogButtonProps) {
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <span className="contents" onPointerEnter={preloadDialog}>
      <Button
        variant={isPrimary ? "primary" : undefined}
        size={isSmall ? "small" : undefined}
        aria-label={ariaLabel}
        disabledReason={disabledReason}
        onClick={() => setOpen(true)}
      >
        {label}
      </Button>
      <Dialog isOpen={isOpen} onClose={close} {...dialog}>
        <Suspense fallback={<SkeletonRows rows={4} label="Loading" />}>{children(close)}</Suspense>
      </Dialog>
    </span>
  );
}
