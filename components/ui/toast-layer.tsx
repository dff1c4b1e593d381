"use client";

import { lazy, Suspense, useEffect, useState } from "react";
import { StaleBoundary } from "./stale-boundary.tsx";
import { receiveToasts, type Toast } from "./toast.ts";

const ToasterLoaded = lazy(() => import("./toaster-loaded.tsx").then((module) => ({ default: module.ToasterLoaded })));

export type NumberedToast = Toast & { number: number };

let count = 0;

/** Place for toasts. The toaster itself is fetched with the first toast, so that it costs a page nothing. */
export function ToastLayer() {
  const [toasts, setToasts] = useState<readonly NumberedToast[]>([]);
  useEffect(
    () => receiveToasts((toast) => setToasts((shown) => [...shown.slice(-9), { ...toast, number: ++count }])),
    [],
  );
  if (toasts.length === 0) return null;
  return (
    <StaleBoundary>
      <Suspense>
        <ToasterLoaded toasts={toasts} />
      </Suspense>
    </StaleBoundary>
  );
}
