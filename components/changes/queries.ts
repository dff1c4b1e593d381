import { api } from "#components/lib/api.ts";

type Filter = { service?: string | undefined; environment?: string | undefined };

const inputOf = ({ service, environment }: Filter) => ({
  ...(service ? { service } : {}),
  ...(environment ? { environment } : {}),
});

/** The latest changes anywhere, for the overview. */
export const latestChanges = () => api.changes.list.queryOptions({ input: { limit: 25 } });

export const changePages = (filter: Filter) =>
  api.changes.list.infiniteOptions({
    input: (cursor: string | undefined) => ({ ...inputOf(filter), ...(cursor ? { cursor } : {}) }),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
