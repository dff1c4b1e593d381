"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Form, type FormValues } from "#components/forms/form.tsx";
import { SelectField } from "#components/forms/select-field.tsx";
import { TextField } from "#components/forms/text-field.tsx";
import { api, client } from "#components/lib/api.ts";
import { paths } from "#components/lib/paths.ts";
import { teams } from "#components/teams/queries.ts";
import type { ServiceDto } from "#server/services/schema.ts";
import { workloadOptions } from "./workload-options.ts";

/** Adds a service and goes to it. */
export function ServiceForm({ onDone }: { onDone: () => void }) {
  const queries = useQueryClient();
  const router = useRouter();
  const { data: all = [] } = useQuery(teams());
  const submit = async ({
    name = "",
    slug = "",
    workload = "",
    team = "",
    repository = "",
    description = "",
  }: FormValues) => {
    const made = await client.services.create({
      name,
      slug,
      team,
      description,
      workload: workload as ServiceDto["workload"],
      ...(repository.trim() ? { repository: repository.trim() } : {}),
    });
    await queries.invalidateQueries({ queryKey: api.services.key() });
    onDone();
    router.push(paths.service({ service: made.slug }));
  };
  return (
    <Form onSubmit={submit} action="Add service" onCancel={onDone}>
      <TextField name="name" label="Name" autoFocus maxLength={80} />
      <TextField
        name="slug"
        label="Name in addresses"
        isMono
        maxLength={63}
        hint="Lower case letters, digits and dashes. It stays."
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField name="workload" label="Kind" options={workloadOptions} />
        <SelectField name="team" label="Owner" options={all.map((team) => ({ value: team.slug, label: team.name }))} />
      </div>
      <TextField name="repository" label="Repository" isOptional maxLength={300} />
      <TextField name="description" label="What it is" isOptional maxLength={500} />
    </Form>
  );
}
