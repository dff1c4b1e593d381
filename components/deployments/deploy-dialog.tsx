"use client";

import { Dialog } from "#components/ui/dialog.tsx";
import { DeployForm, type DeployFormProps } from "./deploy-form.tsx";

/** Deploying is two decisions: which release, with what it brings, and yes. */
export function DeployDialog({ isOpen, onClose, ...form }: DeployFormProps & { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={`Deploy ${form.service} to ${form.environment}`} width="wide">
      <DeployForm {...form} />
    </Dialog>
  );
}
