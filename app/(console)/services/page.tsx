import type { Metadata } from "next";
import { environments } from "#components/environments/queries.ts";
import { services } from "#components/services/queries.ts";
import { ServicesView } from "#components/services/services-view.tsx";
import { me } from "#components/teams/queries.ts";
import { PrefetchedList } from "../prefetched.tsx";

export const metadata: Metadata = { title: "Services" };

export default function ServicesPage() {
  return (
    <PrefetchedList
      load={(queries) => [queries.fetchQuery(services()), queries.fetchQuery(environments()), queries.fetchQuery(me())]}
    >
      <ServicesView />
    </PrefetchedList>
  );
}
