"use client";

import { X } from "lucide-react";
import { formatMinute } from "#components/lib/format.ts";
import { useZone } from "#components/lib/zone.ts";
import { PlaceFilters } from "#components/services/place-filters.tsx";
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
  const zone = useZone();
  // A link keeps the moment, so that whoever opens it tomorrow sees the same.
  const since = filter.from ? [{ value: filter.from, label: `Since ${minuteOf(filter.from, zone)}` }] : [];
  return (
    <PlaceFilters
      value={{ service: filter.service ?? null, environment: filter.environment ?? null }}
      onChange={onChange}
      before={
        <FilterSelect
          label="About"
          any="About anything"
          value={filter.action ?? null}
          options={nounOptions}
          onChange={(action) => onChange({ action })}
        />
      }
    >
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
      {filter.to ? <Chip label={`Until ${minuteOf(filter.to, zone)}`} onRemove={() => onChange({ to: null })} /> : null}
    </PlaceFilters>
  );
}

/** What somebody wrote into the address need not be an instant. */
function minuteOf(text: string, zone: string): string {
  const at = Date.parse(text);
  return Number.isNaN(at) ? text : formatMinute(at, zone);
}

function Chip({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <Button onClick={onRemove} aria-label={`${label}: remove this filter`}>
      {label}
      <X aria-hidden />
    </Button>
  );
}
