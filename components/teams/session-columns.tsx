import type { Column } from "#components/table/column.ts";
import { Button } from "#components/ui/button.tsx";
import { Code } from "#components/ui/code.tsx";
import { Time } from "#components/ui/time.tsx";
import type { SessionDto } from "#server/teams/schema.ts";

const wayNames: Record<string, string> = { local: "password", github: "GitHub", oidc: "single sign-on" };

/** Columns of the list of sessions. */
export function sessionColumns(end: (session: SessionDto) => void): readonly Column<SessionDto>[] {
  return [
    {
      id: "device",
      header: "Device",
      sortBy: (session) => session.device,
      cell: (session) => (
        <span className="flex min-w-0 flex-col py-1.5 leading-5">
          <span className="font-strong wrap-anywhere">{session.device}</span>
          {session.isThis ? <span className="text-muted">this device</span> : null}
        </span>
      ),
    },
    {
      id: "address",
      header: "Address",
      narrowLabel: "From",
      cell: (session) =>
        session.address ? <Code>{session.address}</Code> : <span className="text-muted">unknown</span>,
    },
    {
      id: "way",
      header: "Signed in with",
      width: "130px",
      narrowLabel: "Signed in with",
      cell: (session) => wayNames[session.provider] ?? session.provider,
    },
    {
      id: "since",
      header: "Signed in",
      width: "110px",
      narrowLabel: "Signed in",
      sortBy: (session) => session.createdAt,
      cell: (session) => <Time at={session.createdAt} />,
    },
    {
      id: "seen",
      header: "Last seen",
      width: "110px",
      narrowLabel: "Last seen",
      sortBy: (session) => session.lastSeenAt,
      cell: (session) => <Time at={session.lastSeenAt} />,
    },
    {
      id: "act",
      header: "Actions",
      width: "90px",
      align: "right",
      cell: (session) =>
        session.isThis ? null : (
          <Button size="small" aria-label={`End the session in ${session.device}`} onClick={() => end(session)}>
            End
          </Button>
        ),
    },
  ];
}
