import type { QueryClient } from "@tanstack/react-query";
import { api } from "#components/lib/api.ts";

/** Makes what shows targets and their tasks ask again, without waiting for the event. */
export async function refreshOperated(queries: QueryClient): Promise<void> {
  const keys = [api.services.key(), api.changes.key()];
  await Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey })));
}
