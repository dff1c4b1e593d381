import { api } from "#components/lib/api.ts";

export const services = () => api.services.list.queryOptions({ input: {} });

export const service = (slug: string) => api.services.get.queryOptions({ input: { service: slug } });

type Place = { service: string; environment: string | undefined };

const inputOf = ({ service: slug, environment }: Place) => ({
  service: slug,
  ...(environment ? { environment } : {}),
  limit: 50,
});

export const serviceTasks = (place: Place) => api.services.tasks.queryOptions({ input: inputOf(place) });

export const serviceEvents = (place: Place) => api.services.events.queryOptions({ input: inputOf(place) });
