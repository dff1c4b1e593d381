import { Ellipsis } from "lucide-react";
import type { Column } from "#components/table/column.ts";
import { paths } from "#components/lib/paths.ts";
import { whyNotOf } from "#components/lib/permit.ts";
import { Menu, type MenuItem } from "#components/ui/menu.tsx";
import { State } from "#components/ui/state.tsx";
import { Time } from "#components/ui/time.tsx";
import type { GrantDto, UserDto } from "#server/teams/schema.ts";
import { RolesCell } from "./roles-cell.tsx";

/** What one may be about to do to a person. */
export type PersonAct =
  | { kind: "add" }
  | { kind: "edit" | "grant" | "disable" | "enable" | "endSessions"; user: UserDto }
  | { kind: "take"; grant: GrantDto };

const wayNames: Record<string, string> = { password: "password", github: "GitHub", oidc: "single sign-on" };

function menuOf(user: UserDto, act: (act: PersonAct) => void): MenuItem[] {
  const update = whyNotOf(user.can.update);
  const item = (kind: "edit" | "grant" | "endSessions" | "enable", label: string): MenuItem => ({
    kind: "action",
    label,
    onSelect: () => act({ kind, user }),
    disabledReason: update,
  });
  return [
    item("grant", "Grant a role"),
    item("edit", "Edit name or password"),
    ...(update === undefined
      ? [{ kind: "link" as const, label: "Sessions", href: paths.settingsSessions({ user: user.id }) }]
      : []),
    item("endSessions", "Sign out everywhere"),
    { kind: "line" },
    user.disabledAt
      ? item("enable", "Enable")
      : {
          kind: "action",
          label: "Disable",
          isDangerous: true,
          onSelect: () => act({ kind: "disable", user }),
          disabledReason: whyNotOf(user.can.disable),
        },
  ];
}

/** Columns of the list of people. */
export function peopleColumns(act: (act: PersonAct) => void): readonly Column<UserDto>[] {
  return [
    {
      id: "name",
      header: "Person",
      width: "26%",
      sortBy: (user) => user.name.toLowerCase(),
      cell: (user) => (
        <span className="flex min-w-0 flex-col py-1.5 leading-5">
          <span className="font-strong wrap-anywhere">{user.name}</span>
          <span className="text-muted wrap-anywhere">{user.email}</span>
        </span>
      ),
    },
    {
      id: "roles",
      header: "Roles",
      cell: (user) => (
        <span className="flex flex-col py-1">
          <RolesCell
            grants={user.grants}
            none={user.teams.length > 0 ? "none of their own" : "none, sees nothing"}
            onTake={(grant) => act({ kind: "take", grant })}
          />
          {user.teams.length > 0 ? (
            <span className="pb-1 text-muted wrap-anywhere">
              and those of {user.teams.map((team) => team.name).join(", ")}
            </span>
          ) : null}
        </span>
      ),
    },
    {
      id: "signIn",
      header: "Signs in with",
      width: "150px",
      narrowLabel: "Signs in with",
      cell: (user) =>
        user.disabledAt ? (
          <State kind="failed" label="disabled" />
        ) : (
          user.signIn.map((way) => wayNames[way] ?? way).join(", ") || (
            <span className="text-muted">cannot sign in</span>
          )
        ),
    },
    {
      id: "seen",
      header: "Last seen",
      width: "110px",
      narrowLabel: "Last seen",
      sortBy: (user) => user.lastSeenAt ?? "",
      cell: (user) => (user.lastSeenAt ? <Time at={user.lastSeenAt} /> : <span className="text-muted">never</span>),
    },
    {
      id: "act",
      header: "Actions",
      width: "80px",
      align: "right",
      cell: (user) => (
        <Menu label={`Act on ${user.name}`} items={menuOf(user, act)} align="end" variant="ghost" size="small">
          <Ellipsis aria-hidden />
        </Menu>
      ),
    },
  ];
}
