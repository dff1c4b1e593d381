import type { Metadata } from "next";
import { ImportView } from "#components/environments/import-view.tsx";
import { environment } from "#components/environments/queries.ts";
import { Prefetched } from "../../../prefetched.tsx";

type Props = { params: Promise<{ environment: string }> };

export const metadata: Metadata = { title: "Import from AWS" };

export default async function ImportPage({ params }: Props) {
  const slug = decodeURIComponent((await params).environment);
  return (
    <Prefetched load={(queries) => [queries.fetchQuery(environment(slug))]}>
      <ImportView slug={slug} />
    </Prefetched>
  );
}
