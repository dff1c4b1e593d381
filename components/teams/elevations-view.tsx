"use client";

import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { client } from "#components/lib/api.ts";
import { formatPlural } from "#components/lib/format.ts";
import { DataTable } from "#components/table/data-table.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { moreOf } from "#components/ui/load-more.tsx";
import { ActDialog } from "./act-dialog.tsx";
import { elevationColumns, type ElevationAct } from "./elevation-columns.tsx";
import { elevationPages } from "./queries.ts";
import { RaiseButton } from "./raise-button.tsx";
import { ReviewDialog } from "./review-dialog.tsx";

/** Who raised their own role, why, and whether somebody else has looked at it since. */
export function ElevationsView() {
  const pages = useSuspenseInfiniteQuery(elevationPages());
  const [act, setAct] = useState<ElevationAct>();
  const columns = useMemo(() => elevationColumns(setAct), []);
  const rows = pages.data.pages.flatMap((page) => page.items);
  const toReview = pages.data.pages[0]?.toReview ?? 0;
  const close = () => setAct(undefined);
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <p className="text-small text-muted">
          {toReview > 0
            ? `${formatPlural(toReview, "raised role")} to review, by somebody else than who raised it.`
            : rows.length > 0
              ? "Everything that has ended is reviewed."
              : null}
        </p>
        <RaiseButton />
      </div>
      <DataTable
        caption="Raised roles"
        columns={columns}
        rows={rows}
        rowId={(elevation) => elevation.id}
        more={moreOf(pages)}
        empty={
          <EmptyState title="Nobody has raised their role yet">
            A role that is granted for an emergency counts for nothing until its holder raises theirs: for an hour at
            most, with a reason, and before the eyes of all. Grant one under People and roles.
          </EmptyState>
        }
      />
      {act?.kind === "review" ? <ReviewDialog elevation={act.elevation} onClose={close} /> : null}
      {act?.kind === "end" ? (
        <ActDialog
          title={`End the raised role of ${act.elevation.user.name}?`}
          action="End it"
          isDangerous
          act={(reason) => client.elevations.end({ elevation: act.elevation.id, ...reason })}
          onClose={close}
        >
          <p>It counts no longer from now on, and waits for its review.</p>
        </ActDialog>
      ) : null}
    </>
  );
}
