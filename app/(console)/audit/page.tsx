import type { Metadata } from "next";
import { AuditView } from "#components/audit/audit-view.tsx";
import { auditChain, auditPages, type AuditFilter } from "#components/audit/queries.ts";
import { environments } from "#components/environments/queries.ts";
import { serviceNames } from "#components/services/queries.ts";
import { PrefetchedList } from "../prefetched.tsx";

export const metadata: Metadata = { title: "Audit" };

type Search = Record<string, string | string[] | undefined>;

const names = [
  "actor",
  "action",
  "subject",
  "service",
  "environment",
  "from",
  "to",
] as const satisfies (keyof AuditFilter)[];

export default async function AuditPage({ searchParams }: { searchParams: Promise<Search> }) {
  const search = await searchParams;
  const given = names
    .map((name) => [name, search[name]])
    .filter(([, value]) => typeof value === "string" && value !== "");
  const filter: AuditFilter = Object.fromEntries(given);
  return (
    <PrefetchedList
      load={(queries) => [
        queries.fetchInfiniteQuery(auditPages(filter)),
        queries.fetchQuery(auditChain()),
        queries.fetchQuery(serviceNames()),
        queries.fetchQuery(environments()),
      ]}
    >
      <AuditView />
    </PrefetchedList>
  );
}
