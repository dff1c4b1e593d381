"use client";

import { lazy, Suspense, type ReactNode } from "react";
import { StaleBoundary } from "./stale-boundary.tsx";

const DialogLoaded = lazy(() => import("./dialog-loaded.tsx").then((module) => ({ default: module.DialogLoaded })));

export type DialogProps = {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  /** What this is about, in a sentence; read out with the title. */
  description?: ReactNode;
  /** narrow 440 px, wide 640 px. */
  width?: "narrow" | "wide";
  children: ReactNode;
};

/** A window over the page. Fetched when it is first opened; focus goes in, stays in, and returns on close. */
export function Dialog(props: DialogProps) {
  return (
    <StaleBoundary>
      <Suspense>
        <WhenOpened {...props} />
      </Suspense>
    </StaleBoundary>
  );
}

function WhenOpened(props: DialogProps) {
  return props.isOpen ? <DialogLoaded {...props} /> : null;
}

/** Fetches the dialog's code ahead of the click; call it on pointer enter or focus of what opens it. */
export function preloadDialog(): void {
  // When it fails the click tells.
  import("./dialog-loaded.tsx").catch(() => undefined);
}
