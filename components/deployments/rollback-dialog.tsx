"use client";

import { Dialog } from "#components/ui/dialog.tsx";
import { RollbackForm, type RollbackFormProps } from "./rollback-form.tsx";

type RollbackDialogProps = Omit<RollbackFormProps, "onDone"> & { isOpen: boolean; onClose: () => void };

/** Rolling back is one decision: the target is chosen already. */
export function RollbackDialog({ isOpen, onClose, ...form }: RollbackDialogProps) {
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={`Roll back ${form.service} in ${form.environment}`} width="wide">
      <RollbackForm {...form} onDone={onClose} />
    </Dialog>
  );
}
