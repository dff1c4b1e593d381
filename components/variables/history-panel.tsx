"use client";

import { useSuspenseInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { whyNotOf } from "#components/lib/permit.ts";
import { LoadMore, moreOf } from "#components/ui/load-more.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { ConfigVersionDto } from "#server/variables/schema.ts";
import { HistoryRow } from "./history-row.tsx";
import { variables, versionPages, type Place } from "./queries.ts";
import { RevertDialog } from "./revert-dialog.tsx";

/** Every version with who, when and why, what it changed, and the way back to it. */
export function HistoryPanel({ place }: { place: Place }) {
  const { data } = useSuspenseQuery(variables(place));
  const pages = useSuspenseInfiniteQuery(versionPages(place));
  const [back, setBack] = useState<ConfigVersionDto>();
  const versions = pages.data.pages.flatMap((page) => page.items);
  if (versions.length === 0) {
    return (
      <EmptyState title="There are no versions yet">
        Every change of the variables makes a version, with who made it and why.
      </EmptyState>
    );
  }
  return (
    <>
      <ol className="border-t">
        {versions.map((version) => (
          <HistoryRow
            key={version.id}
            place={place}
            version={version}
            isNewest={version.number === data.number}
            isRunning={data.running.some((one) => one.number === version.number)}
            blocked={whyNotOf(data.can.save)}
            onRevert={() => setBack(version)}
          />
        ))}
      </ol>
      <LoadMore more={moreOf(pages)} />
      {back ? (
        <RevertDialog
          place={place}
          to={back.number}
          newest={data.number}
          release={data.release}
          onClose={() => setBack(undefined)}
        />
      ) : null}
    </>
  );
}
