import { api } from "#components/lib/api.ts";

/** In order of promotion. */
export const environments = () => api.environments.list.queryOptions({ input: {} });

export const environment = (slug: string) => api.environments.get.queryOptions({ input: { environment: slug } });
