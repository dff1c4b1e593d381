"use client";

import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { DeployDialog } from "#components/deployments/deploy-dialog.tsx";
import { DataTable } from "#components/table/data-table.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { moreOf } from "#components/ui/load-more.tsx";
import type { ReleaseDto } from "#server/releases/schema.ts";
import type { TargetDto } from "#server/services/schema.ts";
import { JudgeDialog } from "./judge-dialog.tsx";
import { releasePages } from "./queries.ts";
import { releaseColumns } from "./release-columns.tsx";

type ReleasesTableProps = { service: string; target: TargetDto | undefined };

/** Releases of a service, each one press away from the environment that is shown. */
export function ReleasesTable({ service, target }: ReleasesTableProps) {
  const pages = useSuspenseInfiniteQuery(releasePages(service));
  const [version, setVersion] = useState<string>();
  const [judged, setJudged] = useState<ReleaseDto>();
  const columns = useMemo(() => releaseColumns({ target, onDeploy: setVersion, onJudge: setJudged }), [target]);
  return (
    <>
      <DataTable
        caption="Releases, newest first"
        columns={columns}
        rows={pages.data.pages.flatMap((page) => page.items)}
        rowId={(row) => row.id}
        more={moreOf(pages)}
        empty={
          <EmptyState title="No releases yet">
            A release is a build that can run: a version with its image. CI posts it to /api/v1/releases with a token.
          </EmptyState>
        }
      />
      {target ? (
        <JudgeDialog release={judged} environment={target.environment} onClose={() => setJudged(undefined)} />
      ) : null}
      {target ? (
        <DeployDialog
          service={service}
          environment={target.environment.slug}
          version={version}
          isOpen={version !== undefined}
          onClose={() => setVersion(undefined)}
        />
      ) : null}
    </>
  );
}
