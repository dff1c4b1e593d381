import { api } from "#components/lib/api.ts";

/** Locks that count now, page by page, newest first. */
export const lockPages = () =>
  api.locks.list.infiniteOptions({
    input: (cursor: string | undefined) => (cursor ? { cursor } : {}),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
