"use client";

import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { parseAsString, useQueryStates } from "nuqs";
import { useState } from "react";
import { RollbackDialog } from "#components/deployments/rollback-dialog.tsx";
import { PlaceFilters } from "#components/services/place-filters.tsx";
import { ScaleDialog } from "#components/services/scale-dialog.tsx";
import { PageHeader } from "#components/shell/page-header.tsx";
import { Button } from "#components/ui/button.tsx";
import { LoadMore, moreOf } from "#components/ui/load-more.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Part } from "#components/ui/part.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { UndoVariablesDialog } from "#components/variables/undo-dialog.tsx";
import type { ChangeDto } from "#server/changes/schema.ts";
import { ChangeRow } from "./change-row.tsx";
import { changePages } from "./queries.ts";

/** Everything that happened to running systems, each with its undoing. */
export function ChangesView() {
  const [filter, setFilter] = useQueryStates({ service: parseAsString, environment: parseAsString });
  return (
    <>
      <PageHeader title="Changes" />
      <PlaceFilters value={filter} onChange={(change) => void setFilter(change)} />
      <Part fallback={<SkeletonRows rows={10} label="Loading changes" />}>
        <ChangeList
          service={filter.service ?? undefined}
          environment={filter.environment ?? undefined}
          onAll={() => void setFilter(null)}
        />
      </Part>
    </>
  );
}

/** Variables that were applied, and not a rollout that can be stopped half way. */
function isVariables({ undo, outcome }: ChangeDto): boolean {
  return undo?.variables != null && outcome === "succeeded";
}

type ChangeListProps = { service: string | undefined; environment: string | undefined; onAll: () => void };

function ChangeList({ onAll, ...filter }: ChangeListProps) {
  const pages = useSuspenseInfiniteQuery(changePages(filter));
  const [undoing, setUndoing] = useState<ChangeDto>();
  const changes = pages.data.pages.flatMap((page) => page.items);
  if (changes.length === 0) {
    const isFiltered = Boolean(filter.service ?? filter.environment);
    return (
      <EmptyState
        title={isFiltered ? "No change matches" : "Nothing has changed yet"}
        action={isFiltered ? <Button onClick={onAll}>Show all changes</Button> : undefined}
      >
        {isFiltered
          ? "Choose another service or environment."
          : "Every deployment and rollback appears here, with who did it and how to undo it."}
      </EmptyState>
    );
  }
  return (
    <>
      <ul className="border-t">
        {changes.map((change) => (
          <ChangeRow key={change.id} change={change} onUndo={setUndoing} />
        ))}
      </ul>
      <LoadMore more={moreOf(pages)} />
      {undoing?.scaleBack && undoing.service && undoing.environment ? (
        <ScaleDialog
          service={undoing.service.slug}
          environment={undoing.environment.slug}
          environmentKind={undoing.environment.kind}
          {...undoing.scaleBack}
          isOpen
          onClose={() => setUndoing(undefined)}
        />
      ) : null}
      {undoing?.undo && undoing.service && undoing.environment && isVariables(undoing) ? (
        <UndoVariablesDialog
          place={{ service: undoing.service.slug, environment: undoing.environment.slug }}
          deployment={undoing.undo.deploymentId}
          to={undoing.undo.variables ?? 0}
          onClose={() => setUndoing(undefined)}
        />
      ) : null}
      {undoing?.undo && undoing.service && undoing.environment && !isVariables(undoing) ? (
        <RollbackDialog
          service={undoing.service.slug}
          environment={undoing.environment.slug}
          deployment={undoing.undo.deploymentId}
          isUnderWay={undoing.outcome === "running" || undoing.outcome === "queued"}
          isOpen
          onClose={() => setUndoing(undefined)}
        />
      ) : null}
    </>
  );
}
