import { QueryClient, defaultShouldDehydrateQuery, environmentManager } from "@tanstack/react-query";

/** Answers that trying again cannot change: bad input, not signed in, not allowed, not there, in conflict. */
function isFinal(error: unknown): boolean {
  const status = (error as { status?: unknown } | null)?.status;
  return typeof status === "number" && status >= 400 && status < 500 && status !== 429;
}

/**
 * One per request on the server, one per tab in the browser. Live events invalidate what changed, hence data
 * counts as fresh for half a minute and a focused window does not refetch everything.
 */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < 2 && !isFinal(error),
      },
      dehydrate: {
        // A query that the server started and did not wait for streams to the browser when it is done.
        shouldDehydrateQuery: (query) => defaultShouldDehydrateQuery(query) || query.state.status === "pending",
        shouldRedactErrors: () => false,
      },
    },
  });
}

let inBrowser: QueryClient | undefined;

/** The client to use while rendering: a new one on each server render, always the same one in the browser. */
export function renderQueryClient(): QueryClient {
  if (environmentManager.isServer()) return makeQueryClient();
  inBrowser ??= makeQueryClient();
  return inBrowser;
}
