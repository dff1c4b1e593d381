"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { lazy, Suspense, useMemo, useState } from "react";
import { whyNotOf } from "#components/lib/permit.ts";
import { DataTable } from "#components/table/data-table.tsx";
import { Button } from "#components/ui/button.tsx";
import { preloadDialog } from "#components/ui/dialog.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { StaleBoundary } from "#components/ui/stale-boundary.tsx";
import { me as meQuery, teams as teamsQuery } from "./queries.ts";
import { teamColumns, type TeamAct } from "./team-columns.tsx";

const TeamActs = lazy(() => import("./team-acts.tsx").then((module) => ({ default: module.TeamActs })));

/** Teams: who is in them, and what each of them may do. */
export function TeamsView() {
  const { data: rows } = useSuspenseQuery(teamsQuery());
  const { data: me } = useSuspenseQuery(meQuery());
  const [act, setAct] = useState<TeamAct>();
  const columns = useMemo(() => teamColumns(setAct), []);
  const reason = rows[0]
    ? whyNotOf(rows[0].can.update)
    : me.can["people:write"]
      ? undefined
      : "This needs the role admin.";
  const add = (
    <Button
      variant="primary"
      className="ml-auto"
      disabledReason={reason}
      onPointerEnter={preloadDialog}
      onFocus={preloadDialog}
      onClick={() => setAct({ kind: "add" })}
    >
      Add team
    </Button>
  );
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <p className="text-small text-muted">What is granted to a team counts for each of its members.</p>
        {rows.length > 0 ? add : null}
      </div>
      <DataTable
        caption="Teams"
        columns={columns}
        rows={rows}
        rowId={(team) => team.id}
        empty={
          <EmptyState title="No teams yet" action={add}>
            A team owns services, and a role that is given to it counts for everybody in it.
          </EmptyState>
        }
      />
      <StaleBoundary>
        <Suspense>{act ? <TeamActs act={act} onClose={() => setAct(undefined)} /> : null}</Suspense>
      </StaleBoundary>
    </>
  );
}
