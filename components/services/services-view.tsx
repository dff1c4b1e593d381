"use client";

import { useQuery, useSuspenseInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import { parseAsString, useQueryStates } from "nuqs";
import { useDeferredValue } from "react";
import { environments } from "#components/environments/queries.ts";
import { paths } from "#components/lib/paths.ts";
import { PageHeader } from "#components/shell/page-header.tsx";
import type { Column } from "#components/table/column.ts";
import { DataTable } from "#components/table/data-table.tsx";
import { RowLink } from "#components/table/row-link.tsx";
import { teams } from "#components/teams/queries.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { FilterSelect } from "#components/ui/filter-select.tsx";
import { moreOf } from "#components/ui/load-more.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import type { EnvironmentDto } from "#server/environments/schema.ts";
import type { ListedServiceDto } from "#server/services/schema.ts";
import { AddService } from "./add-service.tsx";
import { servicePages } from "./queries.ts";
import { TargetCell } from "./target-cell.tsx";

const name: Column<ListedServiceDto> = {
  id: "name",
  header: "Service",
  cell: (row) => (
    <span data-tip={row.description || undefined}>
      <RowLink href={paths.service({ service: row.slug })}>{row.slug}</RowLink>
    </span>
  ),
};

const team: Column<ListedServiceDto> = {
  id: "team",
  header: "Team",
  width: "9rem",
  narrowLabel: "team",
  cell: (row) => <div>{row.team.name}</div>,
};

/** One column for each environment, in order of promotion. */
function columnsFor(all: readonly EnvironmentDto[]): Column<ListedServiceDto>[] {
  const places = all.map((environment): Column<ListedServiceDto> => ({
    id: environment.slug,
    header: environment.name,
    width: `${Math.min(24, 64 / all.length)}%`,
    narrowLabel: environment.slug,
    cell: (row) => (
      <TargetCell
        service={row.slug}
        targets={row.targets.filter((target) => target.environment.id === environment.id)}
      />
    ),
  }));
  return [name, team, ...places];
}

/** All services by name, with what runs where; the filters are in the URL. */
export function ServicesView() {
  const [{ search, team }, setFilter] = useQueryStates({ search: parseAsString.withDefault(""), team: parseAsString });
  const sought = useDeferredValue(search.trim());
  const pages = useSuspenseInfiniteQuery(servicePages({ search: sought, team: team ?? undefined }));
  const { data: all } = useSuspenseQuery(environments());
  const { data: allTeams = [] } = useQuery(teams());
  const isFiltered = sought !== "" || team !== null;
  return (
    <>
      <PageHeader title="Services" actions={<AddService />} />
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <SearchField
          label="Find services"
          value={search}
          onChange={(text) => void setFilter({ search: text || null })}
        />
        <FilterSelect
          label="Team"
          any="Any team"
          value={team}
          options={allTeams.map(({ slug, name: label }) => ({ value: slug, label }))}
          onChange={(chosen) => void setFilter({ team: chosen })}
        />
      </div>
      <DataTable
        caption="Services with what runs in each environment"
        columns={columnsFor(all)}
        rows={pages.data.pages.flatMap((page) => page.items)}
        rowId={(row) => row.id}
        more={moreOf(pages)}
        empty={
          isFiltered ? (
            <EmptyState
              title="No service matches"
              action={<Button onClick={() => void setFilter({ search: null, team: null })}>Show all services</Button>}
            >
              The search looks for words of a service&rsquo;s name.
            </EmptyState>
          ) : (
            <EmptyState title="No services yet">
              A service is something that runs: a web application, a worker, a scheduled job. Those that run in ECS
              already can be imported from the page of an environment.
            </EmptyState>
          )
        }
      />
    </>
  );
}
