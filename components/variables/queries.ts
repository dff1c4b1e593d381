import { api } from "#components/lib/api.ts";

/** A service in an environment, by their slugs. */
export type Place = { service: string; environment: string };

export const variables = (place: Place) => api.variables.get.queryOptions({ input: place });

/** Config versions page by page, newest first. */
export const versionPages = (place: Place) =>
  api.variables.versions.infiniteOptions({
    input: (before: number | undefined) => ({ ...place, ...(before === undefined ? {} : { before }) }),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** What a version changed. Versions never change, so neither does this. */
export const versionDiff = ({ from, to, ...place }: Place & { from: number; to: number }) =>
  api.variables.diff.queryOptions({ input: { ...place, from, to }, staleTime: Infinity });

export const comparison = ({ with: other, ...place }: Place & { with: string }) =>
  api.variables.compare.queryOptions({ input: { ...place, with: other } });

/** Names of secrets to choose from. */
export const secretChoices = (place: Place, search: string) =>
  api.variables.secrets.queryOptions({ input: { ...place, search }, staleTime: 60_000, retry: false });

/** What applying the newest version would do. Never taken from before. */
export const applyPlan = (place: Place) =>
  api.deployments.plan.queryOptions({ input: { ...place, kind: "config" }, staleTime: 0 });
