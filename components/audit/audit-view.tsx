"use client";

import { useSuspenseInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import { parseAsString, useQueryStates } from "nuqs";
import { useDeferredValue, useMemo } from "react";
import { formatCount } from "#components/lib/format.ts";
import { PageHeader } from "#components/shell/page-header.tsx";
import { DataTable } from "#components/table/data-table.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { moreOf } from "#components/ui/load-more.tsx";
import { auditColumns } from "./audit-columns.tsx";
import { AuditFilters } from "./audit-filters.tsx";
import { auditChain, auditPages, type AuditFilter } from "./queries.ts";

const parsers = {
  actor: parseAsString,
  action: parseAsString,
  subject: parseAsString,
  service: parseAsString,
  environment: parseAsString,
  from: parseAsString,
  to: parseAsString,
};

function ChainFacts() {
  const { data: chain } = useSuspenseQuery(auditChain());
  const waiting = chain.unsealed > 0 ? `, ${formatCount(chain.unsealed)} not sealed yet` : "";
  return (
    <span data-tip="A keyed chain shows whether an entry was changed, removed or slipped in: npm run audit -- verify">
      {formatCount(chain.sealed)} sealed{waiting}
    </span>
  );
}

/** Who did what, when, where and why: every write, newest first. */
export function AuditView() {
  const [state, setState] = useQueryStates(parsers);
  const filter: AuditFilter = Object.fromEntries(Object.entries(state).filter(([, value]) => value));
  const shown = useDeferredValue(JSON.stringify(filter));
  const entries = useSuspenseInfiniteQuery(auditPages(JSON.parse(shown) as AuditFilter));
  const rows = entries.data.pages.flatMap((page) => page.items);
  const columns = useMemo(() => auditColumns((part) => void setState(part)), [setState]);
  const names = new Map(
    rows.flatMap(({ actor, subject }) => [
      [actor.id, actor.name] as const,
      [subject.id, subject.name ?? subject.id] as const,
    ]),
  );
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <>
      <PageHeader title="Audit" facts={<ChainFacts />} />
      <AuditFilters filter={filter} nameOf={(id) => names.get(id) ?? id} onChange={(change) => void setState(change)} />
      <DataTable
        caption="Audit log"
        columns={columns}
        rows={rows}
        rowId={(entry) => entry.id}
        more={moreOf(entries)}
        empty={
          isFiltered ? (
            <EmptyState
              title="Nothing of that kind was done"
              action={<Button onClick={() => void setState(null)}>Show everything</Button>}
            >
              No entry matches all of the filters.
            </EmptyState>
          ) : (
            <EmptyState title="Nothing has been done yet">
              Every write appears here the moment it is done: who did what, when, where and why. Nobody can change or
              delete an entry.
            </EmptyState>
          )
        }
      />
    </>
  );
}
