"use client";

import { useSuspenseInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import { DataTable } from "#components/table/data-table.tsx";
import { moreOf } from "#components/ui/load-more.tsx";
import { me } from "#components/teams/queries.ts";
import { LockButton } from "./lock-button.tsx";
import { lockColumns } from "./lock-columns.tsx";
import { lockPages } from "./queries.ts";

/** All locks that count now, wherever they are, and the way to make one on an environment or on everything. */
export function LocksSection({ environments }: { environments: readonly string[] }) {
  const pages = useSuspenseInfiniteQuery(lockPages());
  const { data } = useSuspenseQuery(me());
  const permit = data.can["locks:write"] || "This needs the role release manager. An admin can grant it.";
  return (
    <section aria-labelledby="locks" className="mt-8">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <h2 id="locks" className="text-body font-strong">
          Locks
        </h2>
        <LockButton environments={environments} permit={permit} />
      </div>
      <DataTable
        caption="Locks that count now"
        columns={lockColumns}
        rows={pages.data.pages.flatMap((page) => page.items)}
        rowId={(lock) => lock.id}
        sortKey="locks"
        more={moreOf(pages)}
        empty={<p className="text-small text-muted">Nothing is locked: everything may be deployed to.</p>}
      />
    </section>
  );
}
