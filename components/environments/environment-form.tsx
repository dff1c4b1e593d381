"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Form, type FormValues } from "#components/forms/form.tsx";
import { SelectField } from "#components/forms/select-field.tsx";
import { TextField } from "#components/forms/text-field.tsx";
import { api, client } from "#components/lib/api.ts";
import { paths } from "#components/lib/paths.ts";
import type { EnvironmentDto } from "#server/environments/schema.ts";

const kinds: readonly { value: EnvironmentDto["kind"]; label: string }[] = [
  { value: "development", label: "Development" },
  { value: "staging", label: "Staging" },
  { value: "production", label: "Production" },
  { value: "preview", label: "Preview" },
];

/** Adds an environment and goes to it. */
export function EnvironmentForm({ onDone }: { onDone: () => void }) {
  const queries = useQueryClient();
  const router = useRouter();
  const submit = async ({ name = "", slug = "", kind = "", position = "100" }: FormValues) => {
    const made = await client.environments.create({
      name,
      slug,
      position: Number(position),
      kind: kind as EnvironmentDto["kind"],
    });
    await queries.invalidateQueries({ queryKey: api.environments.key() });
    onDone();
    router.push(paths.environment({ environment: made.slug }));
  };
  return (
    <Form onSubmit={submit} action="Add environment" onCancel={onDone}>
      <TextField name="name" label="Name" autoFocus maxLength={80} placeholder="Production EU" />
      <TextField
        name="slug"
        label="Name in addresses"
        isMono
        maxLength={63}
        placeholder="production-eu"
        hint="Lower case letters, digits and dashes. It stays."
      />
      <SelectField
        name="kind"
        label="Kind"
        options={kinds}
        hint="Roles are granted by kind, and production is marked as such everywhere."
      />
      <TextField
        name="position"
        label="Place in the order of promotion"
        type="number"
        min={0}
        max={1000}
        defaultValue="100"
        hint="Smallest first."
      />
    </Form>
  );
}
