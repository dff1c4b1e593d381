"use client";

import { useSuspenseInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { useDeferredValue, useMemo, useState } from "react";
import { DataTable } from "#components/table/data-table.tsx";
import { whyNotOf } from "#components/lib/permit.ts";
import { Button } from "#components/ui/button.tsx";
import { preloadDialog } from "#components/ui/dialog.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { moreOf } from "#components/ui/load-more.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import { peopleColumns, type PersonAct } from "./people-columns.tsx";
import { PersonActs } from "./person-acts.tsx";
import { me as meQuery, peoplePages } from "./queries.ts";

/** Who may do what: people, their roles, and how they sign in. */
export function PeopleView() {
  const [search, setSearch] = useQueryState("search", parseAsString.withDefault(""));
  const people = useSuspenseInfiniteQuery(peoplePages(useDeferredValue(search.trim())));
  const { data: me } = useSuspenseQuery(meQuery());
  const [act, setAct] = useState<PersonAct>();
  const columns = useMemo(() => peopleColumns(setAct), []);
  const rows = people.data.pages.flatMap((page) => page.items);
  // The same answer as for any person: adding one asks for the same permission as changing one.
  const mine = rows.find((user) => user.id === me.id) ?? rows[0];
  const whyNotAdd = me.can["people:write"] ? undefined : (whyNotOf(mine?.can.update) ?? undefined);
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <SearchField label="Find people" value={search} onChange={(text) => void setSearch(text || null)} />
        <Button
          variant="primary"
          className="ml-auto"
          disabledReason={whyNotAdd}
          onPointerEnter={preloadDialog}
          onFocus={preloadDialog}
          onClick={() => setAct({ kind: "add" })}
        >
          Add person
        </Button>
      </div>
      <DataTable
        caption="People"
        columns={columns}
        rows={rows}
        rowId={(user) => user.id}
        more={moreOf(people)}
        empty={
          <EmptyState
            title={`Nobody is called ${search}`}
            action={<Button onClick={() => void setSearch(null)}>Show everybody</Button>}
          >
            The search looks for a part of a name or e-mail address.
          </EmptyState>
        }
      />
      <PersonActs act={act} onClose={() => setAct(undefined)} onCreated={(user) => setAct({ kind: "grant", user })} />
    </>
  );
}
