import type { Metadata } from "next";
import { environments } from "#components/environments/queries.ts";
import { services } from "#components/services/queries.ts";
import { ServicesView } from "#components/services/services-view.tsx";
import { Prefetched } from "../prefetched.tsx";

export const metadata: Metadata = { title: "Services" };

export default function ServicesPage() {
  return (
    <Prefetched load={(queries) => [queries.fetchQuery(services()), queries.fetchQuery(environments())]}>
      <ServicesView />
    </Prefetched>
  );
}
