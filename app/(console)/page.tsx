import type { Metadata } from "next";
import { latestChanges } from "#components/changes/queries.ts";
import { environments } from "#components/environments/queries.ts";
import { OverviewView } from "#components/overview/overview-view.tsx";
import { attention, firstServices } from "#components/services/queries.ts";
import { PrefetchedList } from "./prefetched.tsx";

export const metadata: Metadata = { title: "Overview" };

export default function OverviewPage() {
  return (
    <PrefetchedList
      load={(queries) => [
        queries.fetchQuery(attention()),
        queries.fetchQuery(firstServices()),
        queries.fetchQuery(environments()),
        queries.fetchQuery(latestChanges()),
      ]}
    >
      <OverviewView />
    </PrefetchedList>
  );
}
