"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { formatCount, formatPlural } from "#components/lib/format.ts";
import { paths } from "#components/lib/paths.ts";
import { healthWords } from "#components/services/health-state.tsx";
import { worstHealth } from "#components/services/worst-health.ts";
import { LockBadge } from "#components/locks/lock-badge.tsx";
import { LocksSection } from "#components/locks/locks-section.tsx";
import { PageHeader } from "#components/shell/page-header.tsx";
import type { Column } from "#components/table/column.ts";
import { DataTable } from "#components/table/data-table.tsx";
import { RowLink } from "#components/table/row-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { EnvironmentTag } from "#components/ui/environment-tag.tsx";
import { State } from "#components/ui/state.tsx";
import type { EnvironmentDto, Health } from "#server/environments/schema.ts";
import { AddEnvironment } from "./add-environment.tsx";
import { environments } from "./queries.ts";

const columns: readonly Column<EnvironmentDto>[] = [
  {
    id: "name",
    header: "Environment",
    cell: (row) => (
      <span className="inline-flex flex-wrap gap-x-2">
        <RowLink href={paths.environment({ environment: row.slug })}>{row.name}</RowLink>
        {row.lock ? <LockBadge lock={row.lock} /> : null}
      </span>
    ),
  },
  { id: "tag", header: "Kind", width: "10rem", cell: (row) => <EnvironmentTag kind={row.kind} name={row.kind} /> },
  {
    id: "targets",
    header: "Runs",
    width: "10rem",
    cell: (row) => formatPlural(row.services, "service"),
  },
  {
    id: "health",
    header: "Health",
    width: "14rem",
    cell: (row) => {
      const worst = worstHealth(healthsIn(row));
      const alike = row.healths[worst] ?? 0;
      const word = healthWords[worst];
      return (
        <State
          kind={worst}
          label={alike < row.targets ? `${formatCount(alike)} of ${formatPlural(row.targets, "target")} ${word}` : word}
        />
      );
    },
  },
];

function healthsIn({ healths }: EnvironmentDto) {
  return Object.keys(healths).map((health) => ({ health: health as Health }));
}

export function EnvironmentsView() {
  const { data: all } = useSuspenseQuery(environments());
  return (
    <>
      <PageHeader title="Environments" actions={<AddEnvironment />} />
      <DataTable
        caption="Environments in order of promotion"
        columns={columns}
        rows={all}
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
