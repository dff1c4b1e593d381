import type { Metadata } from "next";
import { variables, versionPages } from "#components/variables/queries.ts";
import { ServiceVariablesView } from "#components/variables/service-variables-view.tsx";
import { Prefetched, textOf } from "../../../prefetched.tsx";
import { loadPlace, type PlaceProps } from "../place.ts";

export async function generateMetadata({ params }: PlaceProps): Promise<Metadata> {
  return { title: `Variables of ${decodeURIComponent((await params).service)}` };
}

export default async function Page(props: PlaceProps) {
  const slug = decodeURIComponent((await props.params).service);
  const isHistory = textOf((await props.searchParams)["view"]) === "history";
  return (
    <Prefetched
      load={(queries) => [
        loadPlace(queries, props, ({ service, environment }) => {
          if (!environment) return [];
          const place = { service, environment };
          return [
            queries.prefetchQuery(variables(place)),
            ...(isHistory ? [queries.prefetchInfiniteQuery(versionPages(place))] : []),
          ];
        }),
      ]}
    >
      <ServiceVariablesView slug={slug} />
    </Prefetched>
  );
}
