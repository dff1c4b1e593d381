import type { Column } from "#components/table/column.ts";
import { whyNotOf } from "#components/lib/permit.ts";
import { Button } from "#components/ui/button.tsx";
import { Code } from "#components/ui/code.tsx";
import { State, type StateProps } from "#components/ui/state.tsx";
import { Time } from "#components/ui/time.tsx";
import type { TokenDto } from "#server/teams/schema.ts";
import { roleLabel } from "./role-words.ts";

const states: Record<TokenDto["status"], StateProps["kind"]> = { active: "ok", expired: "unknown", revoked: "unknown" };

const never = <span className="text-muted">never</span>;

/** Columns of the list of tokens. `myId` hides the owner of one's own. */
export function tokenColumns(myId: string, revoke: (token: TokenDto) => void): readonly Column<TokenDto>[] {
  return [
    {
      id: "name",
      header: "Token",
      sortBy: (token) => token.name.toLowerCase(),
      cell: (token) => (
        <span className="flex min-w-0 flex-col py-1.5 leading-5">
          <span className="font-strong wrap-anywhere">{token.name}</span>
          <span className="text-muted">
            <Code>{token.prefix}</Code>
            {token.owner.id === myId ? null : ` of ${token.owner.name}`}
          </span>
        </span>
      ),
    },
    {
      id: "role",
      header: "May act as",
      cell: (token) => (
        <span className="wrap-anywhere">
          <span className="font-strong">{token.role ? roleLabel(token.role) : "nobody"}</span>{" "}
          <span className="text-muted">on {token.scope}</span>
        </span>
      ),
    },
    {
      id: "status",
      header: "State",
      width: "100px",
      cell: (token) => <State kind={states[token.status]} label={token.status} />,
    },
    {
      id: "used",
      header: "Last used",
      width: "110px",
      narrowLabel: "Last used",
      sortBy: (token) => token.lastUsedAt ?? "",
      cell: (token) => (token.lastUsedAt ? <Time at={token.lastUsedAt} /> : never),
    },
    {
      id: "expires",
      header: "Expires",
      width: "110px",
      narrowLabel: "Expires",
      sortBy: (token) => token.expiresAt ?? "",
      cell: (token) => (token.expiresAt ? <Time at={token.expiresAt} /> : never),
    },
    {
      id: "act",
      header: "Actions",
      width: "90px",
      align: "right",
      cell: (token) =>
        token.status === "active" ? (
          <Button
            size="small"
            aria-label={`Revoke ${token.name}`}
            onClick={() => revoke(token)}
            disabledReason={whyNotOf(token.can.revoke)}
          >
            Revoke
          </Button>
        ) : null,
    },
  ];
}
