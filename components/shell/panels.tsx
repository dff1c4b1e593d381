"use client";

import { lazy, Suspense, useSyncExternalStore } from "react";
import { StaleBoundary } from "#components/ui/stale-boundary.tsx";
import { panelStore } from "./panel-store.ts";

const Palette = lazy(() => import("./palette/palette.tsx").then((module) => ({ default: module.Palette })));
const KeysDialog = lazy(() => import("./keys-dialog.tsx").then((module) => ({ default: module.KeysDialog })));

/** Fetches the palette's code ahead of the click. */
export function preloadPalette(): void {
  import("./palette/palette.tsx").catch(() => undefined);
}

/** The palette and the list of keys, fetched when first opened. */
export function Panels() {
  const open = useSyncExternalStore(panelStore.subscribe, panelStore.get, panelStore.getOnServer);
  return (
    <StaleBoundary>
      <Suspense>
        {open === "palette" ? <Palette /> : null}
        {open === "keys" ? <KeysDialog /> : null}
      </Suspense>
    </StaleBoundary>
  );
}
