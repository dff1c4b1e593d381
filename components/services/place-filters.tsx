"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { environments } from "#components/environments/queries.ts";
import { FilterSelect } from "#components/ui/filter-select.tsx";
import { serviceNames } from "./queries.ts";

type Place = { service: string | null; environment: string | null };

type PlaceFiltersProps = {
  value: Place;
  onChange: (change: Partial<Place>) => void;
  /** Filters that stand before these two. */
  before?: ReactNode;
  /** Filters that follow. */
  children?: ReactNode;
};

const optionsOf = (rows: readonly { slug: string }[] = []) => rows.map(({ slug }) => ({ value: slug, label: slug }));

/** The filters over a list of what happens somewhere: by service, by environment, and what the list adds. */
export function PlaceFilters({ value, onChange, before, children }: PlaceFiltersProps) {
  const { data: allServices } = useQuery(serviceNames());
  const { data: allEnvironments } = useQuery(environments());
  return (
    <div className="mb-3 grid grid-cols-2 items-center gap-2 sm:flex sm:flex-wrap">
      {before}
      <FilterSelect
        label="Service"
        any="Any service"
        value={value.service}
        options={optionsOf(allServices)}
        onChange={(service) => onChange({ service })}
      />
      <FilterSelect
        label="Environment"
        any="Any environment"
        value={value.environment}
        options={optionsOf(allEnvironments)}
        onChange={(environment) => onChange({ environment })}
      />
      {children}
    </div>
  );
}
