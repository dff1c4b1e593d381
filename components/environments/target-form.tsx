"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { CheckField } from "#components/forms/check-field.tsx";
import { Form, type FormValues } from "#components/forms/form.tsx";
import { SelectField } from "#components/forms/select-field.tsx";
import { ProposedField } from "#components/forms/proposed-field.tsx";
import { TextField } from "#components/forms/text-field.tsx";
import { api, client } from "#components/lib/api.ts";
import { serviceNames } from "#components/services/queries.ts";
import { accounts } from "./queries.ts";

type TargetFormProps = { environment: string; onDone: () => void };

const given = (name: string, value: string | undefined) => (value?.trim() ? { [name]: value.trim() } : {});

/** Says by hand where a service runs. */
export function TargetForm({ environment, onDone }: TargetFormProps) {
  const queries = useQueryClient();
  const { data: all = [] } = useQuery(serviceNames());
  const { data: known = [] } = useQuery(accounts(environment));
  const submit = async (values: FormValues) => {
    const { service = "", accountId = "", region = "", cluster = "", ecsService = "", wave = "1" } = values;
    await client.services.createTarget({
      service,
      environment,
      accountId,
      region,
      cluster,
      ecsService,
      wave: Number(wave),
      ...given("targetGroupArn", values.targetGroupArn),
      ...given("url", values.url),
      autoscaled: values.autoscaled === "on",
    });
    await queries.invalidateQueries({ queryKey: api.services.key() });
    onDone();
  };
  const options = all.map(({ slug }) => ({ value: slug, label: slug }));
  return (
    <Form onSubmit={submit} action="Add target" onCancel={onDone}>
      <SelectField name="service" label="Service" options={options} />
      <div className="grid gap-4 sm:grid-cols-2">
        <ProposedField
          name="accountId"
          label="Account"
          isMono
          inputMode="numeric"
          maxLength={12}
          proposal={known[0]?.accountId}
        />
        <ProposedField name="region" label="Region" isMono maxLength={30} proposal={known[0]?.region} />
        <TextField name="cluster" label="Cluster" isMono maxLength={255} />
        <TextField name="ecsService" label="ECS service" isMono maxLength={255} />
      </div>
      <TextField name="url" label="Address" isOptional maxLength={500} hint="Where people reach it." />
      <TextField name="targetGroupArn" label="Target group" isOptional isMono maxLength={300} />
      <TextField
        name="wave"
        label="Wave"
        type="number"
        min={1}
        max={100}
        defaultValue="1"
        hint="Targets of a lower wave come first."
      />
      <CheckField
        name="autoscaled"
        label="Application Auto Scaling sets how many tasks run"
        hint="The portal then never does."
      />
    </Form>
  );
}
