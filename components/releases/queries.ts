import { api } from "#components/lib/api.ts";

/** Releases of a service page by page, newest first. */
export const releasePages = (service: string) =>
  api.releases.list.infiniteOptions({
    input: (cursor: string | undefined) => ({ service, ...(cursor ? { cursor } : {}) }),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
