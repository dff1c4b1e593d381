"use client";

import { client } from "#components/lib/api.ts";
import { ActDialog } from "./act-dialog.tsx";
import { GrantDialog } from "./grant-dialog.tsx";
import { MemberDialog } from "./member-dialog.tsx";
import { TakeDialog } from "./take-dialog.tsx";
import type { TeamAct } from "./team-columns.tsx";
import { TeamDialog } from "./team-dialog.tsx";

/** The dialog of what one is about to do to a team. */
export function TeamActs({ act, onClose }: { act: TeamAct; onClose: () => void }) {
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
