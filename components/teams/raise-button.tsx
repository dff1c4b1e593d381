"use client";

import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { preloadDialog } from "#components/ui/dialog.tsx";
import { StaleBoundary } from "#components/ui/stale-boundary.tsx";
import type { GrantDto } from "#server/teams/schema.ts";
import { me as meQuery } from "./queries.ts";

const RaiseDialog = lazy(() => import("./raise-dialog.tsx").then((module) => ({ default: module.RaiseDialog })));

type RaiseButtonProps = {
  /** Only roles that count there. */
  environment?: { id: string; kind: string };
};

/** Opens the dialog that raises one's own role; absent for who holds no break-glass grant. */
export function RaiseButton({ environment }: RaiseButtonProps) {
  const { data: me } = useQuery(meQuery());
  const [isOpen, setOpen] = useState(false);
  const raisable = (me?.raisable ?? []).filter((grant) => !environment || countsIn(grant, environment));
  if (raisable.length === 0 && !isOpen) return null;
  return (
    <>
      <Button onPointerEnter={preloadDialog} onFocus={preloadDialog} onClick={() => setOpen(true)}>
        Raise my role…
      </Button>
      <StaleBoundary>
        <Suspense>{isOpen ? <RaiseDialog raisable={raisable} onClose={() => setOpen(false)} /> : null}</Suspense>
      </StaleBoundary>
    </>
  );
}

function countsIn(grant: GrantDto, { id, kind }: { id: string; kind: string }): boolean {
  return (!grant.environment || grant.environment.id === id) && (grant.environmentKind ?? kind) === kind;
}
