"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { environments } from "#components/environments/queries.ts";
import { formatAbsolute } from "#components/lib/format.ts";
import { services } from "#components/services/queries.ts";
import { Button } from "#components/ui/button.tsx";
import { FilterSelect } from "#components/ui/filter-select.tsx";
import type { AuditFilter } from "./queries.ts";
import { beginningOf, periods } from "./periods.ts";
import { nouns } from "./words.ts";

type AuditFiltersProps = {
  filter: AuditFilter;
  /** Names for ids that are filtered by, as far as the list shows them. */
  nameOf: (id: string) => string;
  onChange: (change: { [Name in keyof AuditFilter]?: string | null }) => void;
};

const nounOptions = nouns.map((noun) => ({ value: noun, label: noun[0]?.toUpperCase() + noun.slice(1) }));

/** What the list is narrowed to. All of it is in the URL. */
export function AuditFilters({ filter, nameOf, onChange }: AuditFiltersProps) {
  const { data: allServices = [] } = useQuery(services());
  const { data: allEnvironments = [] } = useQuery(environments());
  const named = (rows: readonly { slug: string; name: string }[]) =>
    rows.map(({ slug, name }) => ({ value: slug, label: name }));
  // A link keeps the moment, so that whoever opens it tomorrow sees the same.
  const since = filter.from
    ? [{ value: filter.from, label: `Since ${formatAbsolute(Date.parse(filter.from), "UTC")}` }]
    : [];
  return (
    <div className="mb-3 grid grid-cols-2 items-center gap-2 sm:flex sm:flex-wrap">
      <FilterSelect
        label="About"
        any="About anything"
        value={filter.action ?? null}
        options={nounOptions}
        onChange={(action) => onChange({ action })}
      />
      <FilterSelect
        label="Service"
        any="Any service"
        value={filter.service ?? null}
        options={named(allServices)}
        onChange={(service) => onChange({ service })}
      />
      <FilterSelect
        label="Environment"
        any="Any environment"
        value={filter.environment ?? null}
        options={named(allEnvironments)}
        onChange={(environment) => onChange({ environment })}
      />
      <FilterSelect
        label="Time"
        any="Any time"
        value={filter.from ?? null}
        options={[...since, ...periods]}
        onChange={(period) => onChange({ from: beginningOf(period, Date.now()) ?? null })}
      />
      {filter.actor ? (
        <Chip label={`Done by ${nameOf(filter.actor)}`} onRemove={() => onChange({ actor: null })} />
      ) : null}
      {filter.subject ? (
        <Chip label={`About ${nameOf(filter.subject)}`} onRemove={() => onChange({ subject: null })} />
      ) : null}
      {filter.to ? (
        <Chip label={`Until ${formatAbsolute(Date.parse(filter.to), "UTC")}`} onRemove={() => onChange({ to: null })} />
      ) : null}
    </div>
  );
}

function Chip({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <Button onClick={onRemove} aria-label={`${label}: remove this filter`}>
      {label}
      <X aria-hidden />
    </Button>
  );
}
