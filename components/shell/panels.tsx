"use client";

import { lazy, Suspense, useSyncExternalStore } from "react";
import { panelStore } from "./panel-store.ts";

const Palette = lazy(() => import("./palette/palette.tsx").then((module) => ({ default: module.Palette })));
const KeysDialog = lazy(() => import("./keys-dialog.tsx").then((module) => ({ default: module.KeysDialog })));

/** Fetches the palette's code ahead of the click. */
export function preloadPalette(): void {
  void import("./palette/palette.tsx");
}

/** The palette and the list of keys, fetched when first opened. */
export function Panels() {
  const open = useSyncExternalStore(panelStore.subscribe, panelStore.get, panelStore.getOnServer);
  return (
    <Suspense>
      {open === "palette" ? <Palette /> : null}
      {open === "keys" ? <KeysDialog /> : null}
    </Suspense>
  );
}
