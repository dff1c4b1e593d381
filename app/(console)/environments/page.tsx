import type { Metadata } from "next";
import { EnvironmentsView } from "#components/environments/environments-view.tsx";
import { environments } from "#components/environments/queries.ts";
import { lockPages } from "#components/locks/queries.ts";
import { me } from "#components/teams/queries.ts";
import { PrefetchedList } from "../prefetched.tsx";

export const metadata: Metadata = { title: "Environments" };

export default function EnvironmentsPage() {
  return (
    <PrefetchedList
      load={(queries) => [
        queries.fetchQuery(environments()),
        queries.fetchQuery(me()),
        queries.fetchInfiniteQuery(lockPages()),
      ]}
    >
      <EnvironmentsView />
    </PrefetchedList>
  );
}
