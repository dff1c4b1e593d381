"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Form } from "#components/forms/form.tsx";
import { SelectField } from "#components/forms/select-field.tsx";
import { TextArea } from "#components/forms/text-area.tsx";
import { api } from "#components/lib/api.ts";
import { endOf, lockLasts, lockScopes, scopeOf } from "./lock-ends.ts";
import { refreshLocked } from "./refresh-locked.ts";

export type LockFormProps = {
  service?: string | undefined;
  environment?: string | undefined;
  environments?: readonly string[];
  targets?: readonly { id: string; cluster: string; region: string }[];
  onDone: () => void;
};

export function LockForm({ service, environment, environments = [], targets = [], onDone }: LockFormProps) {
  const queries = useQueryClient();
  const create = useMutation(api.locks.create.mutationOptions());
  const place = { service, environment, environments, targets };
  return (
    <Form
      action="Lock"
      onCancel={onDone}
      onSubmit={async ({ scope, lasts, reason = "" }) => {
        await create.mutateAsync({ ...scopeOf(scope, place), ...endOf(lasts), reason });
        await refreshLocked(queries);
        onDone();
      }}
    >
      <p className="text-pretty">
        Nothing new is deployed there meanwhile. What is under way goes on, and can be undone at any time.
      </p>
      <SelectField name="scope" label="What" options={lockScopes(place)} />
      <SelectField
        name="lasts"
        label="For"
        defaultValue="day"
        options={Object.entries(lockLasts).map(([value, { label }]) => ({ value, label }))}
      />
      <TextArea
        name="reason"
        label="Reason"
        maxLength={500}
        hint="Whoever meets the lock reads it. Goes into the audit log."
      />
    </Form>
  );
}
