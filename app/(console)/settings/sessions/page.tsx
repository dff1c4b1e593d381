import type { Metadata } from "next";
import { me, person, sessionsOf } from "#components/teams/queries.ts";
import { SessionsView } from "#components/teams/sessions-view.tsx";
import { PrefetchedList } from "../../prefetched.tsx";

export const metadata: Metadata = { title: "Sessions" };

type Props = { searchParams: Promise<{ user?: string | string[] }> };

export default async function SessionsPage({ searchParams }: Props) {
  const { user } = await searchParams;
  const whose = typeof user === "string" ? user : undefined;
  return (
    <PrefetchedList
      load={(queries) => [
        queries.fetchQuery(me()).then(({ id }) => queries.fetchQuery(sessionsOf(whose ?? id))),
        ...(whose ? [queries.fetchQuery(person(whose))] : []),
      ]}
    >
      <SessionsView user={whose} />
    </PrefetchedList>
  );
}
