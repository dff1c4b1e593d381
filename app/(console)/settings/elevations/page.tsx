import type { Metadata } from "next";
import { ElevationsView } from "#components/teams/elevations-view.tsx";
import { elevationPages, me } from "#components/teams/queries.ts";
import { PrefetchedList } from "../../prefetched.tsx";

export const metadata: Metadata = { title: "Raised roles" };

export default function ElevationsPage() {
  return (
    <PrefetchedList load={(queries) => [queries.fetchInfiniteQuery(elevationPages()), queries.fetchQuery(me())]}>
      <ElevationsView />
    </PrefetchedList>
  );
}
