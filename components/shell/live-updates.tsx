"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useSyncExternalStore } from "react";
import { formatAge } from "#components/lib/format.ts";
import { liveStore, startLive } from "#components/lib/live.ts";
import { useTicking } from "#components/lib/now.tsx";
import { watchTyping } from "#components/lib/typed.ts";
import { State } from "#components/ui/state.tsx";
import { SessionEnded } from "./session-ended.tsx";

/** Keeps the page current, and says quietly when it cannot. */
export function LiveUpdates() {
  const queryClient = useQueryClient();
  useEffect(() => startLive(queryClient), [queryClient]);
  useEffect(watchTyping, []);
  const { status, heardAt } = useSyncExternalStore(liveStore.subscribe, liveStore.get, liveStore.get);
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-16 z-30 flex justify-center md:bottom-4 md:pl-52"
    >
      {status === "lost" ? <Lost heardAt={heardAt} /> : null}
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
