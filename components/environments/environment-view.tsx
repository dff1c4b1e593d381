"use client";

import { useSuspenseInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import { DeploymentsTable } from "#components/deployments/deployments-table.tsx";
import { paths } from "#components/lib/paths.ts";
import { LockButton } from "#components/locks/lock-button.tsx";
import { LockNote } from "#components/locks/lock-note.tsx";
import { HealthState } from "#components/services/health-state.tsx";
import { placeInWords } from "#components/services/place-in-words.ts";
import { servicePages } from "#components/services/queries.ts";
import { TargetCell } from "#components/services/target-cell.tsx";
import { PageHeader } from "#components/shell/page-header.tsx";
import { ProductionBand } from "#components/shell/production-band.tsx";
import type { Column } from "#components/table/column.ts";
import { DataTable } from "#components/table/data-table.tsx";
import { RowLink } from "#components/table/row-link.tsx";
import { Code } from "#components/ui/code.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { EnvironmentTag } from "#components/ui/environment-tag.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { moreOf } from "#components/ui/load-more.tsx";
import { Part } from "#components/ui/part.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import type { ListedTargetDto } from "#server/services/schema.ts";
import { environment as environmentQuery } from "./queries.ts";

type Row = ListedTargetDto & { service: string };

const columns: readonly Column<Row>[] = [
  {
    id: "service",
    header: "Service",
    cell: (row) => (
      <RowLink href={paths.service({ service: row.service, environment: row.environment.slug })}>{row.service}</RowLink>
    ),
  },
  { id: "runs", header: "Runs", width: "30%", cell: (row) => <TargetCell service={row.service} targets={[row]} /> },
  {
    id: "health",
    header: "Health",
    width: "10rem",
    cell: (row) => <HealthState health={row.health} desiredCount={row.observedAt ? row.desiredCount : undefined} />,
  },
  {
    id: "tasks",
    header: "Tasks",
    width: "8rem",
    narrowLabel: "tasks",
    cell: (row) => `${row.runningCount} of ${row.desiredCount}`,
  },
  {
    id: "cluster",
    header: "Cluster",
    width: "16rem",
    cell: (row) => <Code>{row.siblings > 0 ? placeInWords(row) : row.cluster}</Code>,
  },
];

/** What runs in one environment, and what was brought there lately. */
export function EnvironmentView({ slug }: { slug: string }) {
  const { data: environment } = useSuspenseQuery(environmentQuery(slug));
  const pages = useSuspenseInfiniteQuery(servicePages({ environment: slug }));
  const services = pages.data.pages.flatMap((page) => page.items);
  const rows = services.flatMap(({ slug: service, targets }) => targets.map((target): Row => ({ ...target, service })));
  return (
    <>
      {environment.kind === "production" ? <ProductionBand /> : null}
      <PageHeader
        title={environment.name}
        facts={<EnvironmentTag kind={environment.kind} name={environment.slug} />}
        actions={
          <>
            <LinkButton href={paths.environmentAccounts({ environment: environment.slug })}>AWS accounts</LinkButton>
            <LockButton environment={environment.slug} permit={environment.can.lock} />
          </>
        }
      >
        {environment.lock ? <LockNote lock={environment.lock} /> : null}
      </PageHeader>
      <DataTable
        caption={`Services in ${environment.name}`}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        more={moreOf(pages)}
        empty={
          <EmptyState
            title="Nothing runs here yet"
            action={
              <LinkButton variant="primary" href={paths.environmentImport({ environment: environment.slug })}>
                Import from AWS
              </LinkButton>
            }
          >
            A target says where a service runs: an ECS service that exists. Those that run already can be imported.
          </EmptyState>
        }
      />
      <h2 className="mt-8 mb-1 text-body font-strong">Deployments</h2>
      <Part fallback={<SkeletonRows rows={5} label="Loading deployments" />}>
        <DeploymentsTable
          environment={environment.slug}
          empty={<p className="text-muted">Nothing has been deployed here yet.</p>}
        />
      </Part>
    </>
  );
}
