import type { Metadata } from "next";
import { ChangesView } from "#components/changes/changes-view.tsx";
import { changePages } from "#components/changes/queries.ts";
import { environments } from "#components/environments/queries.ts";
import { serviceNames } from "#components/services/queries.ts";
import { PrefetchedList, textOf } from "../prefetched.tsx";

export const metadata: Metadata = { title: "Changes" };

type Search = Record<"service" | "environment", string | string[] | undefined>;

export default async function ChangesPage({ searchParams }: { searchParams: Promise<Search> }) {
  const { service, environment } = await searchParams;
  const filter = { service: textOf(service), environment: textOf(environment) };
  return (
    <PrefetchedList
      load={(queries) => [
        queries.fetchQuery(serviceNames()),
        queries.fetchQuery(environments()),
        queries.prefetchInfiniteQuery(changePages(filter)),
      ]}
    >
      <ChangesView />
    </PrefetchedList>
  );
}
