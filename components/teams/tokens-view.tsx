"use client";

import { useSuspenseInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import { lazy, Suspense, useMemo, useState } from "react";
import { DataTable } from "#components/table/data-table.tsx";
import { Button } from "#components/ui/button.tsx";
import { preloadDialog } from "#components/ui/dialog.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { moreOf } from "#components/ui/load-more.tsx";
import { StaleBoundary } from "#components/ui/stale-boundary.tsx";
import { me as meQuery, tokenPages } from "./queries.ts";
import { tokenColumns, type TokenAct } from "./token-columns.tsx";

const CreateTokenDialog = lazy(() =>
  import("./create-token-dialog.tsx").then((module) => ({ default: module.CreateTokenDialog })),
);
const TokenActs = lazy(() => import("./token-acts.tsx").then((module) => ({ default: module.TokenActs })));

/** Secrets for scripts: one's own, and everybody's for an admin. */
export function TokensView() {
  const tokens = useSuspenseInfiniteQuery(tokenPages());
  const { data: me } = useSuspenseQuery(meQuery());
  const [isCreating, setCreating] = useState(false);
  const [act, setAct] = useState<TokenAct>();
  const mayGrant = me.can["people:write"];
  const columns = useMemo(() => tokenColumns({ myId: me.id, mayGrant, act: setAct }), [me.id, mayGrant]);
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
      <StaleBoundary>
        <Suspense>{isCreating ? <CreateTokenDialog onClose={() => setCreating(false)} /> : null}</Suspense>
        <Suspense>{act ? <TokenActs act={act} onClose={() => setAct(undefined)} /> : null}</Suspense>
      </StaleBoundary>
    </>
  );
}
