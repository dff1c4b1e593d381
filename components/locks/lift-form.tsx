"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Form } from "#components/forms/form.tsx";
import { TextArea } from "#components/forms/text-area.tsx";
import { api } from "#components/lib/api.ts";
import type { LockRef } from "#server/environments/schema.ts";
import { refreshLocked } from "./refresh-locked.ts";

export function LiftForm({ lock, onDone }: { lock: LockRef; onDone: () => void }) {
  const queries = useQueryClient();
  const lift = useMutation(api.locks.lift.mutationOptions());
  return (
    <Form
      action="Lift lock"
      onCancel={onDone}
      onSubmit={async ({ reason = "" }) => {
        await lift.mutateAsync({ lock: lock.id, reason });
        await refreshLocked(queries);
        onDone();
      }}
    >
      <p className="text-pretty">A deployment that waits for the end of the lock begins at once.</p>
      <TextArea name="reason" label="Reason" isOptional maxLength={500} hint="Goes into the audit log." />
    </Form>
  );
}
