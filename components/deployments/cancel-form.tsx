"use client";

import { useMutation } from "@tanstack/react-query";
import { Form } from "#components/forms/form.tsx";
import { TextArea } from "#components/forms/text-area.tsx";
import { api } from "#components/lib/api.ts";

export function CancelForm({ deployment, onDone }: { deployment: string; onDone: () => void }) {
  const cancel = useMutation(api.deployments.cancel.mutationOptions());
  return (
    <Form
      action="Cancel deployment"
      isDangerous
      cancelLabel="Let it go on"
      onSubmit={async ({ reason = "" }) => {
        await cancel.mutateAsync({ deployment, reason });
        onDone();
      }}
    >
      <TextArea name="reason" label="Reason" isOptional maxLength={500} hint="Goes into the audit log." />
    </Form>
  );
}
