import type { Metadata } from "next";
import { me, teams } from "#components/teams/queries.ts";
import { TeamsView } from "#components/teams/teams-view.tsx";
import { PrefetchedList } from "../../prefetched.tsx";

export const metadata: Metadata = { title: "Teams" };

export default function TeamsPage() {
  return (
    <PrefetchedList load={(queries) => [queries.fetchQuery(teams()), queries.fetchQuery(me())]}>
      <TeamsView />
    </PrefetchedList>
  );
}
