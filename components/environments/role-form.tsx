"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Form, type FormValues } from "#components/forms/form.tsx";
import { TextArea } from "#components/forms/text-area.tsx";
import { TextField } from "#components/forms/text-field.tsx";
import { api, client } from "#components/lib/api.ts";
import { Button } from "#components/ui/button.tsx";
import type { RoleDto } from "#server/environments/schema.ts";

type RoleFormProps = { environment: string; role?: RoleDto; onDone: () => void };

/** 128 random bits, as the one who assumes the role should choose them. */
function newExternalId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `qd-${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** Sets or changes the role that the portal takes in an account. */
export function RoleForm({ environment, role, onDone }: RoleFormProps) {
  const queries = useQueryClient();
  const [generated, setGenerated] = useState<string>();
  const submit = async ({ roleArn = "", externalId = "", reason = "" }: FormValues) => {
    await client.environments.setRole({
      environment,
      roleArn: roleArn.trim(),
      ...(externalId.trim() ? { externalId: externalId.trim() } : {}),
      ...(reason.trim() ? { reason: reason.trim() } : {}),
    });
    await queries.invalidateQueries({ queryKey: api.environments.key() });
    onDone();
  };
  const hint = role?.hasExternalId
    ? "One is set. Leave this empty to keep it; another role needs its own."
    : "What the role's trust policy asks for. It is kept encrypted and never shown again: copy it now.";
  return (
    <Form onSubmit={submit} action="Set role" onCancel={onDone}>
      <TextField
        name="roleArn"
        label="Role"
        isMono
        autoFocus
        maxLength={600}
        defaultValue={role?.roleArn}
        placeholder="arn:aws:iam::123456789012:role/quarterdeck-production"
        hint="Its account is the one that it is used for."
      />
      <div className="flex flex-col gap-2">
        <TextField
          key={generated}
          name="externalId"
          label="External id"
          isOptional
          isMono
          maxLength={1224}
          defaultValue={generated}
          hint={hint}
        />
        <div>
          <Button size="small" onClick={() => setGenerated(newExternalId())}>
            Generate an external id
          </Button>
        </div>
      </div>
      <TextArea name="reason" label="Reason" isOptional hint="Kept in the audit log." />
    </Form>
  );
}
