import type { Metadata } from "next";
import { service } from "#components/services/queries.ts";
import { ServiceVariablesView } from "#components/variables/service-variables-view.tsx";
import { Prefetched } from "../../../prefetched.tsx";

type Props = { params: Promise<{ service: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Variables of ${decodeURIComponent((await params).service)}` };
}

export default async function Page({ params }: Props) {
  const slug = decodeURIComponent((await params).service);
  return (
    <Prefetched load={(queries) => [queries.fetchQuery(service(slug))]}>
      <ServiceVariablesView slug={slug} />
    </Prefetched>
  );
}
