import type { QueryClient } from "@tanstack/react-query";
import { api } from "#components/lib/api.ts";

/** Makes everything that shows locks ask again, without waiting for the event. */
export async function refreshLocked(queries: QueryClient): Promise<void> {
  const keys = [api.locks.key(), api.services.key(), api.environments.key(), api.deployments.key()];
  await Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey })));
}
