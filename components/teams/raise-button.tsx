"use client";

import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { preloadDialog } from "#components/ui/dialog.tsx";
import { me as meQuery } from "./queries.ts";

const RaiseDialog = lazy(() => import("./raise-dialog.tsx").then((module) => ({ default: module.RaiseDialog })));

/** Opens the dialog that raises one's own role; absent for who holds no break-glass grant. */
export function RaiseButton() {
  const { data: me } = useQuery(meQuery());
  const [isOpen, setOpen] = useState(false);
  const raisable = me?.raisable ?? [];
  if (raisable.length === 0 && !isOpen) return null;
  return (
    <>
      <Button onPointerEnter={preloadDialog} onFocus={preloadDialog} onClick={() => setOpen(true)}>
        Raise my role…
      </Button>
      <Suspense>{isOpen ? <RaiseDialog raisable={raisable} onClose={() => setOpen(false)} /> : null}</Suspense>
    </>
  );
}
