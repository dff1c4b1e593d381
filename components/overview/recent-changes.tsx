"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ChangeRow } from "#components/changes/change-row.tsx";
import { latestChanges } from "#components/changes/queries.ts";
import { paths } from "#components/lib/paths.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ChangeAxis } from "./change-axis.tsx";

const shown = 6;

/** The last day on one time axis, and the latest changes below it. */
export function RecentChanges() {
  const { data } = useSuspenseQuery(latestChanges());
  return (
    <section aria-label="Changes">
      <div className="mb-2 flex items-baseline justify-between gap-4">
        <h2 className="text-body font-strong">Changes</h2>
        <Link href={paths.changes()} className="text-small text-muted underline underline-offset-2 hover:text-ink">
          All changes
        </Link>
      </div>
      {data.items.length === 0 ? (
        <EmptyState title="Nothing has changed yet">
          Every deployment and rollback appears here, with who did it and how to undo it.
        </EmptyState>
      ) : (
        <>
          <ChangeAxis changes={data.items} />
          <ul className="border-t">
            {data.items.slice(0, shown).map((change) => (
              <ChangeRow key={change.id} change={change} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
