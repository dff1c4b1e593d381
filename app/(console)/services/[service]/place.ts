import type { QueryClient } from "@tanstack/react-query";
import { service } from "#components/services/queries.ts";
import { shownTarget } from "#components/services/shown-target.ts";
import { textOf } from "../../prefetched.tsx";

/** What the address of a service's page says. */
export type PlaceProps = {
  params: Promise<{ service: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** A service and the slug of the environment that its page shows; undefined when it has no target. */
export type ShownPlace = { service: string; environment: string | undefined };

/**
 * Fetches a service, then what its page shows of one environment. Whatever the server renders has to be fetched
 * here: what a part fetches while it is rendered is not handed to the browser, which would fetch it again and might
 * read something else.
 */
export async function loadPlace(
  queries: QueryClient,
  { params, searchParams }: PlaceProps,
  load: (place: ShownPlace) => Promise<unknown>[],
): Promise<void> {
  const slug = decodeURIComponent((await params).service);
  const { targets } = await queries.fetchQuery(service(slug));
  const asked = textOf((await searchParams)["environment"]) ?? null;
  await Promise.all(load({ service: slug, environment: shownTarget(targets, asked)?.environment.slug }));
}
