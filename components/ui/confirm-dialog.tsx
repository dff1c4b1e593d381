"use client";

import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";

type ConfirmDialogProps = {
  isOpen: boolean;
  onClose: () => void;
  /** The question, naming the thing: "Revoke the token ci-main?". */
  title: string;
  /** What will happen, and what cannot be undone. */
  children: ReactNode;
  /** The verb: "Revoke token". */
  action: string;
  onConfirm: () => void;
  isBusy?: boolean;
  isDangerous?: boolean;
  disabledReason?: string | undefined;
};

/** Asks once before an act that is hard to undo. Errors of the act belong inside `children`. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { isOpen, onClose, title, children, action, onConfirm, isBusy = false, isDangerous = false } = props;
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={title}>
      <div className="flex flex-col gap-3 text-pretty">{children}</div>
      <div className="mt-5 flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          variant={isDangerous ? "danger" : "primary"}
          onClick={onConfirm}
          isBusy={isBusy}
          disabledReason={props.disabledReason}
        >
          {action}
        </Button>
      </div>
    </Dialog>
  );
}
