import type { Metadata } from "next";
import { PeopleView } from "#components/teams/people-view.tsx";
import { me, peoplePages } from "#components/teams/queries.ts";
import { PrefetchedList } from "../../prefetched.tsx";

export const metadata: Metadata = { title: "People and roles" };

type Search = { search?: string | string[] };

export default async function PeoplePage({ searchParams }: { searchParams: Promise<Search> }) {
  const { search } = await searchParams;
  const text = typeof search === "string" ? search.trim() : "";
  return (
    <PrefetchedList load={(queries) => [queries.fetchInfiniteQuery(peoplePages(text)), queries.fetchQuery(me())]}>
      <PeopleView />
    </PrefetchedList>
  );
}
