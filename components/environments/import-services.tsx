"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Form, type FormValues } from "#components/forms/form.tsx";
import { SelectField } from "#components/forms/select-field.tsx";
import { api, client } from "#components/lib/api.ts";
import { formatPlural } from "#components/lib/format.ts";
import { paths } from "#components/lib/paths.ts";
import { serviceNames } from "#components/services/queries.ts";
import { teams } from "#components/teams/queries.ts";
import { notify } from "#components/ui/toast.ts";
import type { DiscoveredDto } from "#server/services/schema.ts";
import { chosenServices, keyOf, proposal, type Choice } from "./import-choice.ts";
import { ImportRow } from "./import-row.tsx";
import type { Place } from "./queries.ts";

type ImportServicesProps = { environment: string; place: Place; services: readonly DiscoveredDto[] };

/** ECS services to choose from, with the name and kind that each gets, and the import of what is chosen. */
export function ImportServices({ environment, place, services }: ImportServicesProps) {
  const queries = useQueryClient();
  const router = useRouter();
  const { data: allTeams = [] } = useQuery(teams());
  const { data: existing = [] } = useQuery(serviceNames());
  const [choices, setChoices] = useState<ReadonlyMap<string, Choice>>(
    () => new Map(services.map((found) => [keyOf(found), proposal(found)])),
  );
  const chosen = chosenServices(services, choices);
  const change = (found: DiscoveredDto, changed: Partial<Choice>) =>
    setChoices((all) => new Map(all).set(keyOf(found), { ...(all.get(keyOf(found)) ?? proposal(found)), ...changed }));
  const submit = async ({ team = "" }: FormValues) => {
    const { accountId, region } = place;
    const imported = await client.services.import({
      environment,
      accountId,
      region,
      services: chosen,
      ...(team ? { team } : {}),
    });
    await Promise.all(
      [api.services.key(), api.environments.key()].map((queryKey) => queries.invalidateQueries({ queryKey })),
    );
    notify({ kind: "ok", title: `${formatPlural(imported.length, "service")} imported` });
    router.push(paths.environment({ environment }));
  };
  const slugs = new Set(existing.map((one) => one.slug));
  return (
    <Form
      onSubmit={submit}
      action={chosen.length > 0 ? `Import ${formatPlural(chosen.length, "service")}` : "Import"}
      disabledReason={chosen.length > 0 ? undefined : "Choose what to import."}
    >
      <ul aria-label="ECS services" className="rounded-md border">
        {services.map((found) => (
          <ImportRow
            key={keyOf(found)}
            found={found}
            choice={choices.get(keyOf(found)) ?? proposal(found)}
            isExisting={(slug) => slugs.has(slug)}
            onChange={(changed) => change(found, changed)}
          />
        ))}
      </ul>
      <div className="max-w-xs">
        <SelectField
          name="team"
          label="Owner of services that are new"
          options={allTeams.map((team) => ({ value: team.slug, label: team.name }))}
        />
      </div>
    </Form>
  );
}
