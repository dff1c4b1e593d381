"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Form, type FormValues } from "#components/forms/form.tsx";
import { TextArea } from "#components/forms/text-area.tsx";
import { api, client } from "#components/lib/api.ts";

type RemoveRoleFormProps = { environment: string; accountId: string; onDone: () => void };

/** Takes a role away from an environment. */
export function RemoveRoleForm({ environment, accountId, onDone }: RemoveRoleFormProps) {
  const queries = useQueryClient();
  const submit = async ({ reason = "" }: FormValues) => {
    await client.environments.removeRole({
      environment,
      accountId,
      ...(reason.trim() ? { reason: reason.trim() } : {}),
    });
    await queries.invalidateQueries({ queryKey: api.environments.key() });
    onDone();
  };
  return (
    <Form onSubmit={submit} action="Remove role" isDangerous onCancel={onDone}>
      <p className="text-pretty">
        From then on the portal acts in account {accountId} with its own credentials, and refuses to when they are of
        another account. The role in AWS stays as it is.
      </p>
      <TextArea name="reason" label="Reason" isOptional hint="Kept in the audit log." />
    </Form>
  );
}
