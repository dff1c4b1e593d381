import { api } from "#components/lib/api.ts";

/** People page by page; `search` is part of a name or e-mail. */
export const peoplePages = (search: string) =>
  api.users.list.infiniteOptions({
    input: (cursor: string | undefined) => ({ ...(search ? { search } : {}), ...(cursor ? { cursor } : {}) }),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** One's own tokens, or everybody's for those who administer people. */
export const tokenPages = () =>
  api.tokens.list.infiniteOptions({
    input: (cursor: string | undefined) => (cursor ? { cursor } : {}),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

export const me = () => api.me.get.queryOptions({ input: {} });
export const person = (user: string) => api.users.get.queryOptions({ input: { user } });

/** Where a person is signed in. */
export const sessionsOf = (user: string) => api.users.sessions.queryOptions({ input: { user } });
export const teams = () => api.teams.list.queryOptions({ input: {} });

/** Who raised their own role, newest first. */
export const elevationPages = () =>
  api.elevations.list.infiniteOptions({
    input: (cursor: string | undefined) => (cursor ? { cursor } : {}),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** Raised roles that count now, for the banner of every page; and how many wait for a review. */
export const openElevations = () => api.elevations.list.queryOptions({ input: { status: "open" } });

/** People whose name or e-mail has this in it, the first of them. */
export const peopleNamed = (search: string) =>
  api.users.list.queryOptions({ input: { ...(search ? { search } : {}), limit: 50 } });
