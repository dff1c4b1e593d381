"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useSyncExternalStore } from "react";
import { formatAge } from "#components/lib/format.ts";
import { liveStore } from "#components/lib/live-state.ts";
import { startLive } from "#components/lib/live.ts";
import { useTicking } from "#components/lib/now.tsx";
import { staleBuildStore, watchBuild } from "#components/lib/stale-build.ts";
import { watchTyping } from "#components/lib/typed.ts";
import { State } from "#components/ui/state.tsx";
import { SessionEnded } from "./session-ended.tsx";
import { StaleBuildNote } from "./stale-build-note.tsx";

/** Keeps the page current, and says quietly when it cannot. */
export function LiveUpdatesLoaded() {
  const queryClient = useQueryClient();
  useEffect(() => startLive(queryClient), [queryClient]);
  useEffect(watchTyping, []);
  useEffect(watchBuild, []);
  const isStale = useSyncExternalStore(staleBuildStore.subscribe, staleBuildStore.get, () => false);
  const { status, heardAt } = useSyncExternalStore(liveStore.subscribe, liveStore.get, liveStore.get);
  return (
    <div
      role="status"
      // Spoken and pressed also while a dialog is open, which stays open then.
      aria-live="polite"
      data-beside-dialogs
      className="pointer-events-none fixed inset-x-0 bottom-16 z-60 flex justify-center md:bottom-4 md:pl-52"
    >
      {isStale && status !== "signed-out" ? <StaleBuildNote /> : null}
      {status === "lost" && !isStale ? <Lost heardAt={heardAt} /> : null}
      {status === "signed-out" ? <SessionEnded /> : null}
    </div>
  );
}

function Lost({ heardAt }: { heardAt: number | undefined }) {
  const format = useCallback(
    (now: number) => (heardAt === undefined ? "" : `, data from ${formatAge(heardAt, now)} ago`),
    [heardAt],
  );
  const age = useTicking(format);
  return (
    <span className="rounded-md border bg-raised px-3 py-1.5 text-small shadow-float">
      <State kind="moving" label={`Reconnecting${age}`} />
    </span>
  );
}
