import clsx from "clsx";
import { paths } from "#components/lib/paths.ts";
import type { Column } from "#components/table/column.ts";
import { RowLink } from "#components/table/row-link.tsx";
import { Version } from "#components/ui/code.tsx";
import { Duration } from "#components/ui/duration.tsx";
import { EnvironmentTag } from "#components/ui/environment-tag.tsx";
import { PersonName } from "#components/ui/long-text.tsx";
import { Prose } from "#components/ui/prose.tsx";
import { Time } from "#components/ui/time.tsx";
import type { DeploymentSummaryDto } from "#server/deployments/schema.ts";
import { DeploymentState } from "./deployment-state.tsx";

type Row = DeploymentSummaryDto;

const service: Column<Row> = {
  id: "service",
  header: "Service",
  width: "18%",
  cell: (row) => <RowLink href={paths.deployment({ deployment: row.id })}>{row.service.slug}</RowLink>,
};

const version: Column<Row> = {
  id: "version",
  header: "Version",
  cell: (row) => <Versions row={row} />,
};

const linkedVersion: Column<Row> = {
  ...version,
  cell: (row) => (
    <RowLink href={paths.deployment({ deployment: row.id })}>
      <Versions row={row} />
    </RowLink>
  ),
};

const rest: readonly Column<Row>[] = [
  {
    id: "environment",
    header: "Environment",
    width: "8.5rem",
    cell: (row) => <EnvironmentTag kind={row.environment.kind} name={row.environment.slug} />,
  },
  {
    id: "status",
    header: "Status",
    width: "24%",
    cell: (row) => (
      <span className="inline-flex max-w-full flex-wrap items-center gap-x-2">
        <DeploymentState status={row.status} step={row.step} />
        {row.headline ? (
          <span
            className="line-clamp-2 min-w-0 text-muted"
            data-tip={row.headline.length > 60 ? row.headline : undefined}
          >
            <Prose text={row.headline} />
          </span>
        ) : null}
      </span>
    ),
  },
  {
    id: "by",
    header: "By",
    width: "9rem",
    narrowLabel: "by",
    cell: (row) => <PersonName name={row.createdBy.name} />,
  },
  {
    id: "took",
    header: "Took",
    width: "6rem",
    align: "right",
    narrowLabel: "took",
    cell: (row) =>
      row.startedAt && row.startedAt !== row.finishedAt ? (
        <span className="whitespace-nowrap">
          <Duration from={row.startedAt} to={row.finishedAt} />
        </span>
      ) : (
        "–"
      ),
  },
  {
    id: "started",
    header: "Started",
    width: "7rem",
    align: "right",
    cell: (row) => <Time at={row.createdAt} className="whitespace-nowrap" />,
  },
];

/** What is said of a kind beside its versions. */
const kindMarks: Record<Row["kind"], string | undefined> = {
  deploy: undefined,
  rollback: "rollback",
  restart: "restart",
  config: "variables",
};

function Versions({ row }: { row: Row }) {
  // Two short ones stand on one line, two long ones on two.
  const isShort = row.release.version.length + (row.from?.version.length ?? 0) <= 40;
  return (
    <span className={clsx("font-normal", isShort && "whitespace-nowrap")}>
      {row.from ? (
        <>
          <Version className="text-muted">{row.from.version}</Version> <span aria-label="to">→</span>{" "}
        </>
      ) : null}
      <Version>{row.release.version}</Version>
      {kindMarks[row.kind] ? <span className="text-muted"> {kindMarks[row.kind]}</span> : null}
    </span>
  );
}

/** For the list of all deployments. */
export const deploymentColumns: readonly Column<Row>[] = [service, version, ...rest];

/** For the list on a service's own page. */
export const deploymentColumnsOfService: readonly Column<Row>[] = [linkedVersion, ...rest];
