"use client";

import { client } from "#components/lib/api.ts";
import type { UserDto } from "#server/teams/schema.ts";
import { ActDialog } from "./act-dialog.tsx";
import { GrantDialog } from "./grant-dialog.tsx";
import type { PersonAct } from "./people-columns.tsx";
import { PersonDialog } from "./person-dialog.tsx";
import { TakeDialog } from "./take-dialog.tsx";

type PersonActsProps = { act: PersonAct | undefined; onClose: () => void; onCreated: (user: UserDto) => void };

/** The dialog of what one is about to do to a person, if anything. */
export function PersonActs({ act, onClose, onCreated }: PersonActsProps) {
  if (!act) return null;
  if (act.kind === "add") return <PersonDialog onClose={onClose} onCreated={onCreated} />;
  if (act.kind === "edit") return <PersonDialog user={act.user} onClose={onClose} onCreated={onCreated} />;
  if (act.kind === "grant")
    return <GrantDialog to={{ kind: "user", id: act.user.id, name: act.user.name }} onClose={onClose} />;
  if (act.kind === "take") return <TakeDialog grant={act.grant} onClose={onClose} />;
  const { id: user, name } = act.user;
  if (act.kind === "disable") {
    return (
      <ActDialog
        title={`Disable ${name}?`}
        action="Disable"
        isDangerous
        act={(reason) => client.users.disable({ user, ...reason })}
        onClose={onClose}
      >
        <p>
          {name} is signed out everywhere and can no longer sign in, and their API tokens are refused. Roles are kept
          for when the account is enabled again.
        </p>
      </ActDialog>
    );
  }
  if (act.kind === "enable") {
    return (
      <ActDialog
        title={`Enable ${name}?`}
        action="Enable"
        act={(reason) => client.users.enable({ user, ...reason })}
        onClose={onClose}
      >
        <p>{name} can sign in again, with the roles held before, and their API tokens work again.</p>
      </ActDialog>
    );
  }
  return (
    <ActDialog
      title={`Sign ${name} out everywhere?`}
      action="Sign out everywhere"
      isDangerous
      act={(reason) => client.users.endSessions({ user, ...reason })}
      onClose={onClose}
    >
      <p>Every browser in which {name} is signed in asks for the sign-in again. API tokens keep working.</p>
    </ActDialog>
  );
}
