"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Form, type FormValues } from "#components/forms/form.tsx";
import { SelectField } from "#components/forms/select-field.tsx";
import { TextField } from "#components/forms/text-field.tsx";
import { api, client } from "#components/lib/api.ts";
import { Button } from "#components/ui/button.tsx";
import { Code, CodeBlock } from "#components/ui/code.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { PlaceFields, placeOf } from "./place-fields.tsx";

const lengths = [7, 30, 90, 365].map((days) => ({
  value: String(days),
  label: days === 365 ? "A year" : `${days} days`,
}));

/** Makes a token, then shows its secret this once. */
export function CreateTokenDialog({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const [secret, setSecret] = useState<string>();
  const submit = async (values: FormValues) => {
    const made = await client.tokens.create({ name: values.name ?? "", ...placeOf(values), days: Number(values.days) });
    setSecret(made.secret);
    await queries.invalidateQueries({ queryKey: api.tokens.key() });
  };
  if (secret !== undefined) {
    return (
      <Dialog
        isOpen
        onClose={onClose}
        width="wide"
        title="Copy the token now"
        description="It is shown this once, and kept nowhere in a form that could be read again."
      >
        <CodeBlock text={secret} label="token" />
        <p className="mt-3 text-muted">
          Send it with each call as the header <Code>Authorization: Bearer …</Code>.
        </p>
        <div className="mt-5 flex justify-end">
          <Button variant="primary" onClick={onClose}>
            I have copied it
          </Button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Create an API token"
      description="For scripts and CI. It never does more than you may do at the time of its use."
    >
      <Form onSubmit={submit} action="Create token" onCancel={onClose}>
        <TextField name="name" label="Name" autoFocus maxLength={80} hint="What uses it, such as ci-main." />
        <PlaceFields defaultRole="developer" />
        <SelectField name="days" label="Expires after" options={lengths} defaultValue="30" />
      </Form>
    </Dialog>
  );
}
