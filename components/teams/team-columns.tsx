import { Ellipsis, X } from "lucide-react";
import type { Column } from "#components/table/column.ts";
import { formatPlural } from "#components/lib/format.ts";
import { whyNotOf } from "#components/lib/permit.ts";
import { Menu, type MenuItem } from "#components/ui/menu.tsx";
import type { GrantDto, TeamDto } from "#server/teams/schema.ts";
import { RolesCell } from "./roles-cell.tsx";

/** What one may be about to do to a team. */
export type TeamAct =
  | { kind: "add" }
  | { kind: "addMember"; team: TeamDto }
  | { kind: "grant"; team: TeamDto }
  | { kind: "removeMember"; team: TeamDto; member: TeamDto["members"][number] }
  | { kind: "take"; grant: GrantDto };

function MembersCell({ team, act }: { team: TeamDto; act: (act: TeamAct) => void }) {
  if (team.members.length === 0) return <span className="text-muted">nobody yet</span>;
  const reason = whyNotOf(team.can.update);
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-1 py-1">
      {team.members.map((member) => (
        <li key={member.id} className="inline-flex items-center gap-1">
          <span className="wrap-anywhere">{member.name}</span>
          {reason ? null : (
            <button
              type="button"
              onClick={() => act({ kind: "removeMember", team, member })}
              aria-label={`Take ${member.name} out of ${team.name}`}
              data-tip="Take out"
              className="inline-flex size-6 items-center justify-center rounded-sm text-muted hover:bg-hover hover:text-ink"
            >
              <X className="size-3.5" aria-hidden />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

function menuOf(team: TeamDto, act: (act: TeamAct) => void): MenuItem[] {
  const disabledReason = whyNotOf(team.can.update);
  return [
    { kind: "action", label: "Add a member", onSelect: () => act({ kind: "addMember", team }), disabledReason },
    { kind: "action", label: "Grant a role", onSelect: () => act({ kind: "grant", team }), disabledReason },
  ];
}

/** Columns of the list of teams. */
export function teamColumns(act: (act: TeamAct) => void): readonly Column<TeamDto>[] {
  return [
    {
      id: "name",
      header: "Team",
      width: "22%",
      sortBy: (team) => team.name.toLowerCase(),
      cell: (team) => (
        <span className="flex min-w-0 flex-col py-1.5 leading-5">
          <span className="font-strong wrap-anywhere">{team.name}</span>
          <span className="text-muted">{formatPlural(team.services, "service")}</span>
        </span>
      ),
    },
    { id: "members", header: "Members", width: "34%", cell: (team) => <MembersCell team={team} act={act} /> },
    {
      id: "roles",
      header: "Roles of every member",
      narrowLabel: "Roles",
      cell: (team) => <RolesCell grants={team.grants} none="none" onTake={(grant) => act({ kind: "take", grant })} />,
    },
    {
      id: "act",
      header: "Actions",
      width: "80px",
      align: "right",
      cell: (team) => (
        <Menu label={`Act on ${team.name}`} items={menuOf(team, act)} align="end" variant="ghost" size="small">
          <Ellipsis aria-hidden />
        </Menu>
      ),
    },
  ];
}
