"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { environments } from "#components/environments/queries.ts";
import type { FormValues } from "#components/forms/form.tsx";
import { SelectField } from "#components/forms/select-field.tsx";
import { serviceNames } from "#components/services/queries.ts";
import { teams } from "./queries.ts";
import { roleWords, type RoleName } from "./role-words.ts";

const everything = { value: "everything", label: "Everything" };
const kinds = ["development", "staging", "production", "preview"] as const;

/** Role, service or team, and environment: what a grant or token is for. Read the values with `placeOf`. */
export function PlaceFields({ defaultRole, hasFocus = false }: { defaultRole: RoleName; hasFocus?: boolean }) {
  const { data: allServices = [] } = useQuery(serviceNames());
  const { data: allTeams = [] } = useQuery(teams());
  const { data: allEnvironments = [] } = useQuery(environments());
  const scopes = [
    everything,
    ...allTeams.map((team) => ({ value: `team:${team.slug}`, label: `Team ${team.name}` })),
    ...allServices.map((service) => ({ value: `service:${service.slug}`, label: service.name })),
  ];
  const places = [
    { value: "everywhere", label: "Every environment" },
    ...kinds.map((kind) => ({ value: `environmentKind:${kind}`, label: `All of kind ${kind}` })),
    ...allEnvironments.map((environment) => ({ value: `environment:${environment.slug}`, label: environment.name })),
  ];
  const [role, setRole] = useState(defaultRole);
  return (
    <>
      <SelectField
        name="role"
        label="Role"
        options={roleWords}
        value={role}
        onChange={(event) => setRole(event.target.value as RoleName)}
        hint={roleWords.find(({ value }) => value === role)?.may}
        autoFocus={hasFocus}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField name="scope" label="On" options={scopes} />
        <SelectField name="place" label="In" options={places} />
      </div>
    </>
  );
}

type Place = {
  role: RoleName;
  team?: string;
  service?: string;
  environment?: string;
  environmentKind?: (typeof kinds)[number];
};

/** The API's input from the fields. */
export function placeOf({ role, scope = "", place = "" }: FormValues): Place {
  const entries = [scope, place].filter((text) => text.includes(":")).map((text) => text.split(":", 2));
  return { role: role as RoleName, ...Object.fromEntries(entries) };
}
