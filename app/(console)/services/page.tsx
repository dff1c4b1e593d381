import type { Metadata } from "next";
import { environments } from "#components/environments/queries.ts";
import { servicePages } from "#components/services/queries.ts";
import { ServicesView } from "#components/services/services-view.tsx";
import { me, teams } from "#components/teams/queries.ts";
import { PrefetchedList, textOf } from "../prefetched.tsx";

export const metadata: Metadata = { title: "Services" };

type Search = Record<"search" | "team", string | string[] | undefined>;

export default async function ServicesPage({ searchParams }: { searchParams: Promise<Search> }) {
  const { search, team } = await searchParams;
  return (
    <PrefetchedList
      load={(queries) => [
        queries.fetchInfiniteQuery(servicePages({ search: textOf(search)?.trim(), team: textOf(team) })),
        queries.fetchQuery(environments()),
        queries.fetchQuery(teams()),
        queries.fetchQuery(me()),
      ]}
    >
      <ServicesView />
    </PrefetchedList>
  );
}
