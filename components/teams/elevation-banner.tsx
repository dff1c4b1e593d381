"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState } from "react";
import { client } from "#components/lib/api.ts";
import { whyNotOf } from "#components/lib/permit.ts";
import { Button } from "#components/ui/button.tsx";
import { StaleBoundary } from "#components/ui/stale-boundary.tsx";
import { State } from "#components/ui/state.tsx";
import { Time } from "#components/ui/time.tsx";
import type { ElevationDto } from "#server/teams/schema.ts";
import { endingDelayMs } from "./ending-delay.ts";
import { me as meQuery, openElevations } from "./queries.ts";
import { roleLabel, whereInWords } from "./role-words.ts";

const ActDialog = lazy(() => import("./act-dialog.tsx").then((module) => ({ default: module.ActDialog })));

/** Loads everything anew when the first of these ends by itself: nobody tells the page, and buttons allow less. */
function useEnding(elevations: readonly ElevationDto[], loadedAt: number): void {
  const queries = useQueryClient();
  const next = Math.min(...elevations.map((one) => Date.parse(one.expiresAt)));
  useEffect(() => {
    if (!Number.isFinite(next)) return;
    const timer = setTimeout(() => void queries.invalidateQueries(), endingDelayMs(next, Date.now()));
    return () => clearTimeout(timer);
    // What is loaded again and is the same is the same object: only its time says to wait and ask once more.
  }, [next, loadedAt, queries]);
}

function Line({ elevation, isMine, onEnd }: { elevation: ElevationDto; isMine: boolean; onEnd: () => void }) {
  const { user, grant, reason, expiresAt, can } = elevation;
  const to = `${roleLabel(grant.role).toLowerCase()} ${whereInWords(grant)}`;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
      <State kind="degraded" size="xs" label="raised role" />
      <p className="min-w-0 flex-1 basis-64 text-small text-pretty wrap-anywhere">
        <span className="font-strong">
          {isMine ? `You raised your role to ${to}` : `${user.name} raised their own role to ${to}`}
        </span>
        : {reason}{" "}
        <span className="text-muted">
          · ends <Time at={expiresAt} />
        </span>
      </p>
      {whyNotOf(can.end) === undefined ? (
        <Button size="small" onClick={onEnd}>
          {isMine ? "Give it back" : "End it"}
        </Button>
      ) : null}
    </li>
  );
}

/** On every page, for everybody: who has raised their own role, to what, why, and until when. */
export function ElevationBanner() {
  const { data: me } = useQuery(meQuery());
  const { data, dataUpdatedAt } = useQuery({ ...openElevations(), enabled: me?.can["all:read"] === true });
  const [ending, setEnding] = useState<ElevationDto>();
  const open = data?.items ?? none;
  useEnding(open, dataUpdatedAt);
  if (open.length === 0 && !ending) return null;
  const isMine = (elevation: ElevationDto) => elevation.user.id === me?.id;
  return (
    <section aria-label="Raised roles" className="mb-4 rounded-md border border-degraded bg-degraded-soft">
      <ul className="divide-y divide-line">
        {open.map((elevation) => (
          <Line
            key={elevation.id}
            elevation={elevation}
            isMine={isMine(elevation)}
            onEnd={() => setEnding(elevation)}
          />
        ))}
      </ul>
      {ending ? (
        <StaleBoundary>
          <Suspense>
            <ActDialog
              title={isMine(ending) ? "Give your raised role back?" : `End the raised role of ${ending.user.name}?`}
              action={isMine(ending) ? "Give it back" : "End it"}
              isDangerous={!isMine(ending)}
              act={(reason) => client.elevations.end({ elevation: ending.id, ...reason })}
              onClose={() => setEnding(undefined)}
            >
              <p>It counts no longer from now on. Somebody else reviews what was done with it.</p>
            </ActDialog>
          </Suspense>
        </StaleBoundary>
      ) : null}
    </section>
  );
}

const none: readonly ElevationDto[] = [];
