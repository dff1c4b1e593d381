import type { Metadata } from "next";
import { serviceEvents, serviceTasks } from "#components/services/queries.ts";
import { ServiceView } from "#components/services/service-view.tsx";
import { Prefetched } from "../../prefetched.tsx";
import { loadPlace, type PlaceProps } from "./place.ts";

export async function generateMetadata({ params }: PlaceProps): Promise<Metadata> {
  return { title: `${decodeURIComponent((await params).service)}` };
}

export default async function Page(props: PlaceProps) {
  const slug = decodeURIComponent((await props.params).service);
  return (
    <Prefetched
      load={(queries) => [
        loadPlace(queries, props, (place) =>
          place.environment
            ? [queries.prefetchQuery(serviceTasks(place)), queries.prefetchQuery(serviceEvents(place))]
            : [],
        ),
      ]}
    >
      <ServiceView slug={slug} />
    </Prefetched>
  );
}
