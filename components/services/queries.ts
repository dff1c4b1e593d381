import { api } from "#components/lib/api.ts";

/** Live updates tell of what differs; that nothing differs is learned by asking, or "seen" would age for no reason. */
const freshEveryMs = 30_000;

type Narrowed = { search?: string | undefined; team?: string | undefined; environment?: string };

/** Services by slug, page by page, with what runs where; with an environment what runs there alone. */
export const servicePages = ({ search, team, environment }: Narrowed = {}) =>
  api.services.list.infiniteOptions({
    input: (cursor: string | undefined) => ({
      ...(search ? { search } : {}),
      ...(team ? { team } : {}),
      ...(environment ? { environment } : {}),
      ...(cursor ? { cursor } : {}),
    }),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: freshEveryMs,
  });

/** The first services, as many as the overview shows. */
export const firstServices = () =>
  api.services.list.queryOptions({ input: { limit: 10 }, refetchInterval: freshEveryMs });

/** What somebody should look at. */
export const attention = () => api.services.attention.queryOptions({ input: {}, refetchInterval: freshEveryMs });

/** All services by name alone, for choosing one. */
export const serviceNames = () => api.services.names.queryOptions({ input: {} });

export const service = (slug: string) =>
  api.services.get.queryOptions({ input: { service: slug }, refetchInterval: freshEveryMs });

type Place = { service: string; environment: string | undefined };

const inputOf = ({ service: slug, environment }: Place) => ({
  service: slug,
  ...(environment ? { environment } : {}),
  limit: 50,
});

export const serviceTasks = (place: Place) => api.services.tasks.queryOptions({ input: inputOf(place) });

/** What people did to the service's targets; what waits is looked at again soon, should its end be missed. */
export const serviceActs = (place: Place) =>
  api.services.acts.queryOptions({
    input: inputOf(place),
    refetchInterval: ({ state }) => (state.data?.some(({ status }) => status === "queued") ? 3_000 : false),
  });

export const targetCommands = (input: { service: string; target: string }) =>
  api.services.commands.queryOptions({ input });

export const serviceEvents = (place: Place) => api.services.events.queryOptions({ input: inputOf(place) });
