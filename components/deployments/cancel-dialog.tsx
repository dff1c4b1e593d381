"use client";

import { useMutation } from "@tanstack/react-query";
import { Form } from "#components/forms/form.tsx";
import { TextArea } from "#components/forms/text-area.tsx";
import { api } from "#components/lib/api.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import type { DeploymentDto } from "#server/deployments/schema.ts";

type CancelDialogProps = { deployment: DeploymentDto; isOpen: boolean; onClose: () => void };

export function CancelDialog({ deployment, isOpen, onClose }: CancelDialogProps) {
  const cancel = useMutation(api.deployments.cancel.mutationOptions());
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
      <Form
        action="Cancel deployment"
        isDangerous
        onSubmit={async ({ reason = "" }) => {
          await cancel.mutateAsync({ deployment: deployment.id, reason });
          onClose();
        }}
      >
        <TextArea name="reason" label="Reason" isOptional maxLength={500} hint="Goes into the audit log." />
      </Form>
    </Dialog>
  );
}
