import type { ClientContext, ClientLink } from "@orpc/client";
import { createTanstackQueryUtils } from "@orpc/tanstack-query";
import { createApiClient, httpLink } from "./api-client.ts";

type Called = (input: unknown, options: object) => Promise<unknown>;
type Callable = { [name: string]: Callable } & Called;

// `server/api/in-process.ts` puts its client here, so that nothing of the server is imported by what browsers load.
const shared = globalThis as typeof globalThis & { quarterdeckApi?: Callable };

const http = httpLink({
  url: () => `${window.location.origin}/api/v1`,
  fetch: (request, init) => fetch(request, { ...init, credentials: "same-origin" }),
});

const inProcess: ClientLink<ClientContext>["call"] = (path, input, options) => {
  let called = shared.quarterdeckApi;
  for (const name of path) called = called?.[name];
  if (!called) throw new Error("The API is not loaded in this process: import #server/api/in-process.ts.");
  return called(input, options);
};

const link: ClientLink<ClientContext> = {
  call: (path, input, options) => {
    const call = typeof window === "undefined" ? inProcess : http.call.bind(http);
    return call(path, input, options);
  },
};

/** The API as functions, over HTTP in the browser and in process while the server renders. */
export const client = createApiClient(link);

/** The same as options for TanStack Query: `useSuspenseQuery(api.services.list.queryOptions({ input: {} }))`. */
export const api = createTanstackQueryUtils(client);
