import type { Metadata } from "next";
import { deploymentPages } from "#components/deployments/queries.ts";
import { EnvironmentView } from "#components/environments/environment-view.tsx";
import { environment } from "#components/environments/queries.ts";
import { servicePages } from "#components/services/queries.ts";
import { Prefetched } from "../../prefetched.tsx";

type Props = { params: Promise<{ environment: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).environment) };
}

export default async function EnvironmentPage({ params }: Props) {
  const slug = decodeURIComponent((await params).environment);
  return (
    <Prefetched
      load={(queries) => [
        queries.fetchQuery(environment(slug)),
        queries.fetchInfiniteQuery(servicePages({ environment: slug })),
        queries.prefetchInfiniteQuery(deploymentPages({ environment: slug })),
      ]}
    >
      <EnvironmentView slug={slug} />
    </Prefetched>
  );
}
