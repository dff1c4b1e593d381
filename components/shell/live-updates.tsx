"use client";

import { lazy, Suspense, useEffect, useState } from "react";
import { StaleBoundary } from "#components/ui/stale-boundary.tsx";

const LiveUpdatesLoaded = lazy(() =>
  import("./live-updates-loaded.tsx").then((module) => ({ default: module.LiveUpdatesLoaded })),
);

/** Keeps the page current, and says quietly when it cannot. Fetched once the browser has taken the page over. */
export function LiveUpdates() {
  const [isThere, setThere] = useState(false);
  // Only after the page was taken over: the server knows nothing of the stream.
  // eslint-disable-next-line react-hooks/set-state-in-effect
  useEffect(() => setThere(true), []);
  return (
    <StaleBoundary>
      <Suspense>{isThere ? <LiveUpdatesLoaded /> : null}</Suspense>
    </StaleBoundary>
  );
}
