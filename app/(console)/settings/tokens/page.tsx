import type { Metadata } from "next";
import { me, tokenPages } from "#components/teams/queries.ts";
import { TokensView } from "#components/teams/tokens-view.tsx";
import { Prefetched } from "../../prefetched.tsx";

export const metadata: Metadata = { title: "API tokens" };

export default function TokensPage() {
  return (
    <Prefetched load={(queries) => [queries.fetchInfiniteQuery(tokenPages()), queries.fetchQuery(me())]}>
      <TokensView />
    </Prefetched>
  );
}
