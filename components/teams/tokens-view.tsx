"use client";

import { useSuspenseInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { client } from "#components/lib/api.ts";
import { DataTable } from "#components/table/data-table.tsx";
import { Button } from "#components/ui/button.tsx";
import { preloadDialog } from "#components/ui/dialog.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { moreOf } from "#components/ui/load-more.tsx";
import { ActDialog } from "./act-dialog.tsx";
import { CreateTokenDialog } from "./create-token-dialog.tsx";
import { GrantDialog } from "./grant-dialog.tsx";
import { me as meQuery, tokenPages } from "./queries.ts";
import { TakeDialog } from "./take-dialog.tsx";
import { tokenColumns, type TokenAct } from "./token-columns.tsx";

/** Secrets for scripts: one's own, and everybody's for an admin. */
export function TokensView() {
  const tokens = useSuspenseInfiniteQuery(tokenPages());
  const { data: me } = useSuspenseQuery(meQuery());
  const [isCreating, setCreating] = useState(false);
  const [act, setAct] = useState<TokenAct>();
  const mayGrant = me.can["people:write"];
  const columns = useMemo(() => tokenColumns({ myId: me.id, mayGrant, act: setAct }), [me.id, mayGrant]);
  const close = () => setAct(undefined);
  const rows = tokens.data.pages.flatMap((page) => page.items);
  const create = (
    <Button variant="primary" onPointerEnter={preloadDialog} onFocus={preloadDialog} onClick={() => setCreating(true)}>
      Create token
    </Button>
  );
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <p className="text-small text-muted">
          What a token can call is in the{" "}
          <a href="/api/reference" className="text-ink underline underline-offset-2">
            API reference
          </a>
          .
        </p>
        {rows.length > 0 ? create : null}
      </div>
      <DataTable
        caption="API tokens"
        columns={columns}
        rows={rows}
        rowId={(token) => token.id}
        more={moreOf(tokens)}
        empty={
          <EmptyState title="No API tokens yet" action={create}>
            A token lets a script or a CI job call the API in your name: post a release after a build, or start a
            deployment. It expires, and can be revoked at any time.
          </EmptyState>
        }
      />
      {isCreating ? <CreateTokenDialog onClose={() => setCreating(false)} /> : null}
      {act?.kind === "take" ? <TakeDialog grant={act.grant} onClose={close} /> : null}
      {act?.kind === "grant" ? (
        <GrantDialog to={{ kind: "token", id: act.token.id, name: act.token.name }} onClose={close} />
      ) : null}
      {act?.kind === "revoke" ? (
        <ActDialog
          title={`Revoke the token ${act.token.name}?`}
          action="Revoke token"
          isDangerous
          act={(reason) => client.tokens.revoke({ token: act.token.id, ...reason })}
          onClose={close}
        >
          <p>Whatever uses it is refused from now on. A revoked token cannot be brought back.</p>
        </ActDialog>
      ) : null}
    </>
  );
}
