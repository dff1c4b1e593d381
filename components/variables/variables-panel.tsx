"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { formatPlural } from "#components/lib/format.ts";
import { whyNotOf } from "#components/lib/permit.ts";
import { DataTable } from "#components/table/data-table.tsx";
import { Button } from "#components/ui/button.tsx";
import { preloadDialog } from "#components/ui/dialog.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Part } from "#components/ui/part.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import { StaleBoundary } from "#components/ui/stale-boundary.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { keyOf, noDraft, rowsOf, type Draft, type Row, type WrittenVariable } from "./draft.ts";
import { draftStore, useDraft } from "./draft-store.ts";
import { variables, type Place } from "./queries.ts";
import { SecretNotes } from "./secret-notes.tsx";
import { variableColumns } from "./variable-columns.tsx";

const ApplyNote = lazy(() => import("./apply-note.tsx").then((module) => ({ default: module.ApplyNote })));
const DraftBar = lazy(() => import("./draft-bar.tsx").then((module) => ({ default: module.DraftBar })));
const FirstVersion = lazy(() => import("./first-version.tsx").then((module) => ({ default: module.FirstVersion })));
const VariableDialog = lazy(() =>
  import("./variable-dialog.tsx").then((module) => ({ default: module.VariableDialog })),
);

/** The variables as a table that is edited as a draft: nothing is saved before the changes were looked at. */
export function VariablesPanel({ place }: { place: Place }) {
  const draft = useDraft(place);
  const setDraft = (change: (old: Draft) => Draft) => draftStore.change(place, change);
  const { data } = useSuspenseQuery(variables(place));
  const [search, setSearch] = useState("");
  const [edited, setEdited] = useState<Row | "new">();
  const rows = rowsOf(data.entries, draft);
  const found = rows.filter((row) => row.name.toLowerCase().includes(search.toLowerCase()));
  const blocked = whyNotOf(data.can.save);
  const put = (key: string, written: WrittenVariable | null) => setDraft((old) => new Map(old).set(key, written));
  const drop = (key: string) => setDraft((old) => new Map([...old].filter(([one]) => one !== key)));
  const columns = variableColumns({
    blocked,
    onEdit: setEdited,
    onRemove: (row) => (row.mark === "added" ? drop(keyOf(row)) : put(keyOf(row), null)),
    onRestore: (row) => drop(keyOf(row)),
  });
  return (
    <div className="flex flex-col gap-4" onPointerEnter={preloadDialog}>
      <SecretNotes states={data.secrets} />
      <Part fallback={null}>
        <ApplyNote place={place} variables={data} />
      </Part>
      {data.number === 0 && draft.size === 0 ? (
        <Part fallback={<SkeletonRows rows={4} label="Loading what can be done" />}>
          <FirstVersion place={place} variables={data} onAdd={() => setEdited("new")} />
        </Part>
      ) : (
        <>
          <div className="flex flex-wrap items-center gap-2">
            <SearchField label="Find a variable" value={search} onChange={setSearch} />
            <span className="text-small text-muted">
              {data.version ? `Version ${data.version.number}, ` : null}
              {formatPlural(rows.length, "variable")}
            </span>
            <Button className="ml-auto" onClick={() => setEdited("new")} disabledReason={blocked}>
              Add variable…
            </Button>
          </div>
          <DataTable
            caption={`Variables of ${place.service} in ${place.environment}`}
            columns={columns}
            rows={found}
            rowId={keyOf}
            empty={
              <EmptyState title={search ? "No variable matches" : "There are no variables"}>
                {search ? "Search for another part of a name." : "Add one, and apply it when you are done."}
              </EmptyState>
            }
          />
        </>
      )}
      <StaleBoundary>
        <Suspense>
          {draft.size > 0 ? (
            <DraftBar place={place} variables={data} draft={draft} onDone={() => setDraft(() => noDraft)} />
          ) : null}
        </Suspense>
        <Suspense>
          {edited ? (
            <VariableDialog
              place={place}
              row={edited === "new" ? undefined : edited}
              taken={rows.map(keyOf)}
              onClose={() => setEdited(undefined)}
              onPut={(written) => {
                put(keyOf(written), written);
                setEdited(undefined);
              }}
            />
          ) : null}
        </Suspense>
      </StaleBoundary>
    </div>
  );
}
