"use client";

import { parseAsString, useQueryStates } from "nuqs";
import { PlaceFilters } from "#components/services/place-filters.tsx";
import { PageHeader } from "#components/shell/page-header.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { FilterSelect } from "#components/ui/filter-select.tsx";
import { Part } from "#components/ui/part.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { DeploymentsTable } from "./deployments-table.tsx";

const statuses = [
  { value: "active", label: "Under way" },
  { value: "ended", label: "Ended" },
  { value: "succeeded", label: "Succeeded" },
  { value: "failed", label: "Failed" },
  { value: "rolled_back", label: "Rolled back" },
  { value: "rollback_failed", label: "Rollback failed" },
  { value: "cancelled", label: "Cancelled" },
  { value: "superseded", label: "Superseded" },
];

/** All deployments; the filters are in the URL. */
export function DeploymentsView() {
  const [filter, setFilter] = useQueryStates({
    service: parseAsString,
    environment: parseAsString,
    status: parseAsString,
  });
  const isFiltered = Object.values(filter).some((value) => value !== null);
  const given = {
    service: filter.service ?? undefined,
    environment: filter.environment ?? undefined,
    status: filter.status ?? undefined,
  };
  return (
    <>
      <PageHeader title="Deployments" />
      <PlaceFilters value={filter} onChange={(change) => void setFilter(change)}>
        <FilterSelect
          label="Status"
          any="Any status"
          value={filter.status}
          options={statuses}
          onChange={(status) => void setFilter({ status })}
        />
      </PlaceFilters>
      <Part fallback={<SkeletonRows rows={10} label="Loading deployments" />}>
        <DeploymentsTable
          {...given}
          empty={
            <EmptyState
              title={isFiltered ? "No deployment matches" : "No deployments yet"}
              action={
                isFiltered ? <Button onClick={() => void setFilter(null)}>Show all deployments</Button> : undefined
              }
            >
              {isFiltered
                ? "Choose another service, environment or status."
                : "A deployment brings a release to an environment. Open a service and press Deploy to make the first one."}
            </EmptyState>
          }
        />
      </Part>
    </>
  );
}
