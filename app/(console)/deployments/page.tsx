import type { Metadata } from "next";
import { DeploymentsView } from "#components/deployments/deployments-view.tsx";
import { deploymentPages } from "#components/deployments/queries.ts";
import { environments } from "#components/environments/queries.ts";
import { serviceNames } from "#components/services/queries.ts";
import { PrefetchedList, textOf } from "../prefetched.tsx";

export const metadata: Metadata = { title: "Deployments" };

type Search = Record<"service" | "environment" | "status", string | string[] | undefined>;

export default async function DeploymentsPage({ searchParams }: { searchParams: Promise<Search> }) {
  const { service, environment, status } = await searchParams;
  const filter = { service: textOf(service), environment: textOf(environment), status: textOf(status) };
  return (
    <PrefetchedList
      load={(queries) => [
        queries.fetchQuery(serviceNames()),
        queries.fetchQuery(environments()),
        queries.prefetchInfiniteQuery(deploymentPages(filter)),
      ]}
    >
      <DeploymentsView />
    </PrefetchedList>
  );
}
