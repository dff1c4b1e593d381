import type { QueryClient } from "@tanstack/react-query";
import { api } from "#components/lib/api.ts";

/** Loads anew what shows who may what, after one changed it oneself. */
export async function refreshRoles(queries: QueryClient): Promise<void> {
  const shown = [api.users, api.teams, api.tokens, api.elevations, api.me];
  await Promise.all(shown.map((one) => queries.invalidateQueries({ queryKey: one.key() })));
}
