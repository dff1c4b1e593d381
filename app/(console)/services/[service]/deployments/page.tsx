import type { Metadata } from "next";
import { deploymentPages } from "#components/deployments/queries.ts";
import { ServiceDeploymentsView } from "#components/services/service-deployments-view.tsx";
import { Prefetched } from "../../../prefetched.tsx";
import { loadPlace, type PlaceProps } from "../place.ts";

export async function generateMetadata({ params }: PlaceProps): Promise<Metadata> {
  return { title: `Deployments of ${decodeURIComponent((await params).service)}` };
}

export default async function Page(props: PlaceProps) {
  const slug = decodeURIComponent((await props.params).service);
  return (
    <Prefetched
      load={(queries) => [
        loadPlace(queries, props, (place) => [queries.prefetchInfiniteQuery(deploymentPages(place))]),
      ]}
    >
      <ServiceDeploymentsView slug={slug} />
    </Prefetched>
  );
}
