import Link from "next/link";
import { TargetCell } from "#components/services/target-cell.tsx";
import { paths } from "#components/lib/paths.ts";
import type { Column } from "#components/table/column.ts";
import { DataTable } from "#components/table/data-table.tsx";
import { RowLink } from "#components/table/row-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { EnvironmentDto } from "#server/environments/schema.ts";
import type { ListedServiceDto } from "#server/services/schema.ts";
import { EnvironmentCounts } from "./environment-counts.tsx";

const name: Column<ListedServiceDto> = {
  id: "name",
  header: "Service",
  cell: (row) => <RowLink href={paths.service({ service: row.slug })}>{row.slug}</RowLink>,
};

const tasks: Column<ListedServiceDto> = {
  id: "tasks",
  header: "Tasks",
  width: "6rem",
  align: "right",
  narrowLabel: "tasks",
  cell: (row) => {
    const running = row.targets.reduce((sum, target) => sum + target.runningCount, 0);
    const desired = row.targets.reduce((sum, target) => sum + target.desiredCount, 0);
    return <div>{`${running} of ${desired}`}</div>;
  },
};

function columnsFor(environments: readonly EnvironmentDto[]): Column<ListedServiceDto>[] {
  const places = environments.map((environment): Column<ListedServiceDto> => ({
    id: environment.slug,
    header: environment.name,
    width: `${Math.min(24, 72 / environments.length)}%`,
    narrowLabel: environment.slug,
    cell: (row) => (
      <TargetCell
        service={row.slug}
        targets={row.targets.filter((target) => target.environment.id === environment.id)}
      />
    ),
  }));
  return [name, ...places, tasks];
}

type MatrixProps = {
  services: readonly ListedServiceDto[];
  /** There are more services than these: environments are summed up, and the others are one link away. */
  hasMore: boolean;
  environments: readonly EnvironmentDto[];
};

/** Services in every environment: version, health, since when, and what is coming. */
export function Matrix({ services, hasMore, environments }: MatrixProps) {
  return (
    <section aria-label="What runs where">
      <div className="mb-1 flex items-baseline justify-between gap-4">
        <h2 className="text-body font-strong">What runs where</h2>
        {hasMore ? <AllServices /> : null}
      </div>
      {hasMore ? <EnvironmentCounts environments={environments} /> : null}
      <DataTable
        caption="What runs where"
        columns={columnsFor(environments)}
        rows={services}
        rowId={(row) => row.id}
        empty={
          <EmptyState
            title="No services yet"
            action={
              <LinkButton variant="primary" href={paths.services()}>
                Go to services
              </LinkButton>
            }
          >
            A service is something that runs: a web application, a worker, a scheduled job. Add one there, or import
            what runs in ECS already from the page of an environment.
          </EmptyState>
        }
      />
    </section>
  );
}

function AllServices() {
  return (
    <Link href={paths.services()} className="text-small text-muted underline underline-offset-2 hover:text-ink">
      All services
    </Link>
  );
}
