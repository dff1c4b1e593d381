import type { Metadata } from "next";
import { releasePages } from "#components/releases/queries.ts";
import { service } from "#components/services/queries.ts";
import { ServiceReleasesView } from "#components/services/service-releases-view.tsx";
import { Prefetched } from "../../../prefetched.tsx";

type Props = { params: Promise<{ service: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Releases of ${decodeURIComponent((await params).service)}` };
}

export default async function Page({ params }: Props) {
  const slug = decodeURIComponent((await params).service);
  return (
    <Prefetched load={(queries) => [queries.fetchQuery(service(slug)), queries.fetchInfiniteQuery(releasePages(slug))]}>
      <ServiceReleasesView slug={slug} />
    </Prefetched>
  );
}
