"use client";

import { client } from "#components/lib/api.ts";
import { ActDialog } from "./act-dialog.tsx";
import { GrantDialog } from "./grant-dialog.tsx";
import { TakeDialog } from "./take-dialog.tsx";
import type { TokenAct } from "./token-columns.tsx";

/** The dialog of what one is about to do to a token. */
export function TokenActs({ act, onClose }: { act: TokenAct; onClose: () => void }) {
  if (act.kind === "take") return <TakeDialog grant={act.grant} onClose={onClose} />;
  const { id, name } = act.token;
  if (act.kind === "grant") return <GrantDialog to={{ kind: "token", id, name }} onClose={onClose} />;
  return (
    <ActDialog
      title={`Revoke the token ${name}?`}
      action="Revoke token"
      isDangerous
      act={(reason) => client.tokens.revoke({ token: id, ...reason })}
      onClose={onClose}
    >
      <p>Whatever uses it is refused from now on. A revoked token cannot be brought back.</p>
    </ActDialog>
  );
}
