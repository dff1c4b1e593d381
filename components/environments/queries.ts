import { api } from "#components/lib/api.ts";

/** In order of promotion. */
export const environments = () => api.environments.list.queryOptions({ input: {} });

export const environment = (slug: string) => api.environments.get.queryOptions({ input: { environment: slug } });

/** Roles that the portal takes in accounts, for one environment. */
export const roles = (slug: string) => api.environments.roles.queryOptions({ input: { environment: slug } });

/** Accounts that an environment can be acted on in; asks AWS. */
export const accounts = (slug: string) => api.environments.accounts.queryOptions({ input: { environment: slug } });

export type Place = { accountId: string; region: string; cluster?: string };

/** ECS services of an account; asks AWS, so it is asked once and then on request alone. */
export const discovered = (slug: string, place: Place) =>
  api.services.discover.queryOptions({ input: { environment: slug, ...place }, staleTime: Infinity, retry: false });

/** Whether the accounts of an environment are ready, page by page; some thirty calls to AWS for each target. */
export const examinationPages = (slug: string) =>
  api.deployments.examine.infiniteOptions({
    input: (cursor: string | undefined) => ({ environment: slug, ...(cursor ? { cursor } : {}) }),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: Infinity,
    retry: false,
  });
