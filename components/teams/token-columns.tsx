import type { Column } from "#components/table/column.ts";
import { whyNotOf } from "#components/lib/permit.ts";
import { Button } from "#components/ui/button.tsx";
import { Code } from "#components/ui/code.tsx";
import { State, type StateProps } from "#components/ui/state.tsx";
import { Time } from "#components/ui/time.tsx";
import type { GrantDto, TokenDto } from "#server/teams/schema.ts";
import { RolesCell } from "./roles-cell.tsx";

const states: Record<TokenDto["status"], StateProps["kind"]> = { active: "ok", expired: "unknown", revoked: "unknown" };

const never = <span className="text-muted">never</span>;

/** What one may be about to do to a token. */
export type TokenAct = { kind: "revoke" | "grant"; token: TokenDto } | { kind: "take"; grant: GrantDto };

type Shown = {
  /** Hides the owner of one's own. */
  myId: string;
  /** Whether one administers anybody's roles. */
  mayGrant: boolean;
  act: (act: TokenAct) => void;
};

/** Columns of the list of tokens. */
export function tokenColumns({ myId, mayGrant, act }: Shown): readonly Column<TokenDto>[] {
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
        <RolesCell grants={token.grants} none="nobody" onTake={(grant) => act({ kind: "take", grant })} />
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
      width: mayGrant ? "160px" : "90px",
      align: "right",
      cell: (token) =>
        token.status === "active" ? (
          <span className="inline-flex gap-2">
            {mayGrant ? (
              <Button
                size="small"
                aria-label={`Grant ${token.name} a role`}
                onClick={() => act({ kind: "grant", token })}
              >
                Grant…
              </Button>
            ) : null}
            <Button
              size="small"
              aria-label={`Revoke ${token.name}`}
              onClick={() => act({ kind: "revoke", token })}
              disabledReason={whyNotOf(token.can.revoke)}
            >
              Revoke
            </Button>
          </span>
        ) : null,
    },
  ];
}
