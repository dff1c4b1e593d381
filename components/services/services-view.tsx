"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { environments } from "#components/environments/queries.ts";
import { paths } from "#components/lib/paths.ts";
import { PageHeader } from "#components/shell/page-header.tsx";
import type { Column } from "#components/table/column.ts";
import { DataTable } from "#components/table/data-table.tsx";
import { RowLink } from "#components/table/row-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { EnvironmentDto } from "#server/environments/schema.ts";
import type { ListedServiceDto } from "#server/services/schema.ts";
import { AddService } from "./add-service.tsx";
import { services } from "./queries.ts";
import { TargetCell } from "./target-cell.tsx";

const name: Column<ListedServiceDto> = {
  id: "name",
  header: "Service",
  sortBy: (row) => row.slug,
  cell: (row) => (
    <span data-tip={row.description || undefined}>
      <RowLink href={paths.service({ service: row.slug })}>{row.slug}</RowLink>
    </span>
  ),
};

const team: Column<ListedServiceDto> = {
  id: "team",
  header: "Team",
  width: "10rem",
  sortBy: (row) => row.team.name,
  cell: (row) => row.team.name,
};

/** One column for each environment, in order of promotion. */
function columnsFor(all: readonly EnvironmentDto[]): Column<ListedServiceDto>[] {
  const places = all.map((environment): Column<ListedServiceDto> => ({
    id: environment.slug,
    header: environment.name,
    width: "17%",
    narrowLabel: environment.slug,
    cell: (row) => (
      <TargetCell service={row.slug} target={row.targets.find((target) => target.environment.id === environment.id)} />
    ),
  }));
  return [name, team, ...places];
}

export function ServicesView() {
  const { data: rows } = useSuspenseQuery(services());
  const { data: all } = useSuspenseQuery(environments());
  return (
    <>
      <PageHeader title="Services" actions={<AddService />} />
      <DataTable
        caption="Services with what runs in each environment"
        columns={columnsFor(all)}
        rows={rows}
        rowId={(row) => row.id}
        empty={
          <EmptyState title="No services yet">
            A service is something that runs: a web application, a worker, a scheduled job. Those that run in ECS
            already can be imported from the page of an environment.
          </EmptyState>
        }
      />
    </>
  );
}
