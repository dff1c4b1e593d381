import type { Metadata } from "next";
import { AccountsView } from "#components/environments/accounts-view.tsx";
import { environment, roles } from "#components/environments/queries.ts";
import { Prefetched } from "../../../prefetched.tsx";

type Props = { params: Promise<{ environment: string }> };

export const metadata: Metadata = { title: "AWS accounts" };

export default async function AccountsPage({ params }: Props) {
  const slug = decodeURIComponent((await params).environment);
  return (
    <Prefetched load={(queries) => [queries.fetchQuery(environment(slug)), queries.fetchQuery(roles(slug))]}>
      <AccountsView slug={slug} />
    </Prefetched>
  );
}
