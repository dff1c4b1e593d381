"use client";

import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { client } from "#components/lib/api.ts";
import { DataTable } from "#components/table/data-table.tsx";
import { Button } from "#components/ui/button.tsx";
import { preloadDialog } from "#components/ui/dialog.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { SessionDto } from "#server/teams/schema.ts";
import { ActDialog } from "./act-dialog.tsx";
import { me as meQuery, person, sessionsOf } from "./queries.ts";
import { sessionColumns } from "./session-columns.tsx";

type Ending = { kind: "one"; session: SessionDto } | { kind: "all" };

/** Where a person is signed in: oneself, unless `user` names somebody else, which is for admins. */
export function SessionsView({ user }: { user: string | undefined }) {
  const { data: me } = useSuspenseQuery(meQuery());
  const whose = user ?? me.id;
  const isMine = whose === me.id;
  const { data: rows } = useSuspenseQuery(sessionsOf(whose));
  const { data: other } = useQuery({ ...person(whose), enabled: !isMine });
  const [ending, setEnding] = useState<Ending>();
  const columns = useMemo(() => sessionColumns((session) => setEnding({ kind: "one", session })), []);
  const name = other?.name ?? "this person";
  const others = rows.filter((session) => !session.isThis).length;
  const close = () => setEnding(undefined);
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <p className="text-small text-muted">
          {isMine ? "Where you are signed in. End what you do not recognise." : `Where ${name} is signed in.`}
        </p>
        <Button
          onPointerEnter={preloadDialog}
          onFocus={preloadDialog}
          onClick={() => setEnding({ kind: "all" })}
          disabledReason={others === 0 ? "There is no other session." : undefined}
        >
          {isMine ? "End all others" : "End all"}
        </Button>
      </div>
      <DataTable
        caption={isMine ? "Your sessions" : `Sessions of ${name}`}
        columns={columns}
        rows={rows}
        rowId={(session) => session.id}
        empty={<EmptyState title="Signed in nowhere">A session lasts for a week from its sign-in.</EmptyState>}
      />
      {ending?.kind === "one" ? (
        <ActDialog
          title={`End the session in ${ending.session.device}?`}
          action="End session"
          isDangerous
          act={(reason) => client.sessions.end({ session: ending.session.id, ...reason })}
          onClose={close}
        >
          <p>That browser has to sign in again. What is typed there is kept, as long as its page stays open.</p>
        </ActDialog>
      ) : null}
      {ending?.kind === "all" ? (
        <ActDialog
          title={isMine ? "End all other sessions?" : `End all sessions of ${name}?`}
          action={isMine ? "End all others" : "End all"}
          isDangerous
          act={(reason) => client.users.endSessions({ user: whose, exceptThis: isMine, ...reason })}
          onClose={close}
        >
          <p>{isMine ? "You stay signed in here. Every other browser" : "Every browser"} has to sign in again.</p>
        </ActDialog>
      ) : null}
    </>
  );
}
