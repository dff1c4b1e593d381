import type { Metadata } from "next";
import { me, tokenPages } from "#components/teams/queries.ts";
import { TokensView } from "#components/teams/tokens-view.tsx";
import { PrefetchedList } from "../../prefetched.tsx";

export const metadata: Metadata = { title: "API tokens" };

export default function TokensPage() {
  return (
    <PrefetchedList load={(queries) => [queries.fetchInfiniteQuery(tokenPages()), queries.fetchQuery(me())]}>
      <TokensView />
    </PrefetchedList>
  );
}
