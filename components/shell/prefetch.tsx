import { HydrationBoundary, dehydrate, type FetchQueryOptions } from "@tanstack/react-query";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { makeQueryClient } from "#components/lib/query-client.ts";

// Query options differ in their data and key types, which do not matter to whoever only starts them.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type AnyQuery = FetchQueryOptions<any, any, any, any>;

type PrefetchProps = {
  /** Started at once and streamed to the browser when they are done. */
  queries?: readonly AnyQuery[];
  /** Waited for: when the API has no such thing, the page is the one for what does not exist. */
  required?: readonly AnyQuery[];
  children: ReactNode;
};

function isNotFound(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "not_found";
}

/** Runs queries in process while the server renders, so that the views below have their data at once. */
export async function Prefetch({ queries = [], required = [], children }: PrefetchProps) {
  const client = makeQueryClient();
  for (const query of queries) void client.prefetchQuery(query);
  for (const query of required) {
    await client.fetchQuery({ ...query, retry: false }).catch((error: unknown) => {
      if (isNotFound(error)) notFound();
    });
  }
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>;
}
