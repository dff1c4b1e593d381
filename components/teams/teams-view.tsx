"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { client } from "#components/lib/api.ts";
import { whyNotOf } from "#components/lib/permit.ts";
import { DataTable } from "#components/table/data-table.tsx";
import { Button } from "#components/ui/button.tsx";
import { preloadDialog } from "#components/ui/dialog.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ActDialog } from "./act-dialog.tsx";
import { GrantDialog } from "./grant-dialog.tsx";
import { MemberDialog } from "./member-dialog.tsx";
import { me as meQuery, teams as teamsQuery } from "./queries.ts";
import { TakeDialog } from "./take-dialog.tsx";
import { teamColumns, type TeamAct } from "./team-columns.tsx";
import { TeamDialog } from "./team-dialog.tsx";

function TeamActs({ act, onClose }: { act: TeamAct; onClose: () => void }) {
  if (act.kind === "add") return <TeamDialog onClose={onClose} />;
  if (act.kind === "take") return <TakeDialog grant={act.grant} onClose={onClose} />;
  const { team } = act;
  if (act.kind === "addMember") return <MemberDialog team={team} onClose={onClose} />;
  if (act.kind === "grant")
    return <GrantDialog to={{ kind: "team", id: team.id, name: team.name }} onClose={onClose} />;
  const { id: user, name } = act.member;
  return (
    <ActDialog
      title={`Take ${name} out of ${team.name}?`}
      action="Take out"
      isDangerous
      act={(reason) => client.teams.removeMember({ team: team.id, user, ...reason })}
      onClose={onClose}
    >
      <p>What the team holds no longer counts for {name}, at once, also for sessions and API tokens that are in use.</p>
    </ActDialog>
  );
}

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
      {act ? <TeamActs act={act} onClose={() => setAct(undefined)} /> : null}
    </>
  );
}
