"use client";

import { useQuery } from "@tanstack/react-query";
import { Form, type FormValues } from "#components/forms/form.tsx";
import { ProposedField } from "#components/forms/proposed-field.tsx";
import { TextField } from "#components/forms/text-field.tsx";
import { accounts, type Place } from "./queries.ts";

type ImportPlaceFormProps = { environment: string; whyNot: string | undefined; onPlace: (place: Place) => void };

/** Which account and region to look in; the account of the environment's first role is proposed. */
export function ImportPlaceForm({ environment, whyNot, onPlace }: ImportPlaceFormProps) {
  const { data: known = [] } = useQuery({ ...accounts(environment), enabled: whyNot === undefined });
  const [first] = known;
  const submit = async ({ accountId = "", region = "", cluster = "" }: FormValues) => {
    onPlace({
      accountId: accountId.trim(),
      region: region.trim(),
      ...(cluster.trim() ? { cluster: cluster.trim() } : {}),
    });
  };
  const by = known.map(
    (one) => `${one.accountId} ${one.roleArn ? "by its role" : "with the portal's own credentials"}`,
  );
  return (
    <div className="max-w-2xl">
      <Form onSubmit={submit} action="Look for services" disabledReason={whyNot}>
        <div className="grid gap-4 sm:grid-cols-3">
          <ProposedField
            name="accountId"
            label="Account"
            isMono
            maxLength={12}
            pattern="\d{12}"
            proposal={first?.accountId}
            hint={by.length > 0 ? by.join(", ") : undefined}
          />
          <ProposedField name="region" label="Region" isMono maxLength={30} proposal={first?.region} />
          <TextField name="cluster" label="Cluster" isOptional isMono maxLength={255} hint="All of them when empty." />
        </div>
      </Form>
    </div>
  );
}
