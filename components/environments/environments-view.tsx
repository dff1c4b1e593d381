"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { formatPlural } from "#components/lib/format.ts";
import { paths } from "#components/lib/paths.ts";
import { HealthState } from "#components/services/health-state.tsx";
import { services } from "#components/services/queries.ts";
import { worstHealth } from "#components/services/worst-health.ts";
import { LockBadge } from "#components/locks/lock-badge.tsx";
import { LocksSection } from "#components/locks/locks-section.tsx";
import { PageHeader } from "#components/shell/page-header.tsx";
import type { Column } from "#components/table/column.ts";
import { DataTable } from "#components/table/data-table.tsx";
import { RowLink } from "#components/table/row-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { EnvironmentTag } from "#components/ui/environment-tag.tsx";
import type { EnvironmentDto } from "#server/environments/schema.ts";
import type { Health, ListedServiceDto } from "#server/services/schema.ts";
import { AddEnvironment } from "./add-environment.tsx";
import { environments } from "./queries.ts";

type Row = EnvironmentDto & { here: Here[] };
type Here = { service: string; health: Health };

const columns: readonly Column<Row>[] = [
  {
    id: "name",
    header: "Environment",
    cell: (row) => (
      <span className="inline-flex flex-wrap gap-x-2">
        <RowLink href={paths.environment({ environment: row.slug })}>{row.name}</RowLink>
        <LockBadge lock={row.lock} />
      </span>
    ),
  },
  { id: "tag", header: "Kind", width: "10rem", cell: (row) => <EnvironmentTag kind={row.kind} name={row.kind} /> },
  {
    id: "targets",
    header: "Runs",
    width: "10rem",
    cell: (row) => formatPlural(new Set(row.here.map(({ service }) => service)).size, "service"),
  },
  {
    id: "health",
    header: "Health",
    width: "14rem",
    cell: (row) => <HealthState health={worstHealth(row.here)} />,
  },
];

function targetsIn(environment: EnvironmentDto, services: readonly ListedServiceDto[]): Here[] {
  return services.flatMap((service) =>
    service.targets
      .filter((target) => target.environment.id === environment.id)
      .map(({ health }) => ({ service: service.id, health })),
  );
}

export function EnvironmentsView() {
  const { data: all } = useSuspenseQuery(environments());
  const { data: allServices } = useSuspenseQuery(services());
  return (
    <>
      <PageHeader title="Environments" actions={<AddEnvironment />} />
      <DataTable
        caption="Environments in order of promotion"
        columns={columns}
        rows={all.map((environment) => ({ ...environment, here: targetsIn(environment, allServices) }))}
        rowId={(row) => row.id}
        empty={
          <EmptyState title="No environments yet">
            An environment is where services run, such as staging or production.
          </EmptyState>
        }
      />
      <LocksSection environments={all.map((environment) => environment.slug)} />
    </>
  );
}
