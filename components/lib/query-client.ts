import {
  MutationCache,
  QueryCache,
  QueryClient,
  defaultShouldDehydrateQuery,
  environmentManager,
} from "@tanstack/react-query";
import { noteSignedOut } from "./live-state.ts";

const statusOf = (error: unknown) => (error as { status?: unknown } | null)?.status;

/** Answers that trying again cannot change: bad input, not signed in, not allowed, not there, in conflict. */
function isFinal(error: unknown): boolean {
  const status = statusOf(error);
  return typeof status === "number" && status >= 400 && status < 500 && status !== 429;
}

/** Nobody looks at a page that stands still for longer: they are told what the portal said instead. */
const longestWaitSeconds = 60;

/** Milliseconds until a read is tried again: as long as the portal asks for, else 1 s, 2 s. */
export function retryDelay(failures: number, error: unknown): number {
  const seconds = (error as { retryAfter?: unknown } | null)?.retryAfter;
  return typeof seconds === "number" ? Math.min(seconds, longestWaitSeconds) * 1000 : 1000 * 2 ** failures;
}

function onError(error: unknown): void {
  if (statusOf(error) === 401) noteSignedOut();
}

/**
 * One per request on the server, one per tab in the browser. Live events invalidate what changed, hence data
 * counts as fresh for half a minute and a focused window does not refetch everything.
 */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < 2 && !isFinal(error),
        retryDelay,
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
