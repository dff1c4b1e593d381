import "#server/api/in-process.ts";
import { dehydrate, HydrationBoundary, type QueryClient } from "@tanstack/react-query";
import { notFound, redirect } from "next/navigation";
import type { ReactNode } from "react";
import { paths } from "#components/lib/paths.ts";
import { problemOf } from "#components/lib/problem.ts";
import { makeQueryClient } from "#components/lib/query-client.ts";
import { Part } from "#components/ui/part.tsx";
import { Skeleton, SkeletonRows } from "#components/ui/skeleton.tsx";

type PrefetchedProps = {
  /** Starts the page's queries on the given client; the page waits for all of them. */
  load: (queries: QueryClient) => Promise<unknown>[];
  children: ReactNode;
  /** The page is there whatever its filters name: what is not found is told in its place, with the way out. */
  isList?: boolean;
};

/**
 * Fetches what a page shows before it is rendered, in process, and hands it to the browser. The answer waits for it,
 * so that what does not exist is answered with status 404: once anything is streamed, the status is 200 for good.
 * For the same reason no loading.tsx may stand above a page about one thing.
 */
export async function Prefetched({ load, children, isList = false }: PrefetchedProps) {
  const queries = makeQueryClient();
  try {
    await Promise.all(load(queries));
  } catch (error) {
    const { code } = problemOf(error);
    if (code === "not_found" && !isList) notFound();
    if (code === "unauthenticated") redirect(paths.signIn());
    if (code !== "not_found") throw error;
  }
  return <HydrationBoundary state={dehydrate(queries)}>{children}</HydrationBoundary>;
}

/** The same for a list, which always exists: its frame is sent at once, and the rows follow. */
export function PrefetchedList(props: Omit<PrefetchedProps, "isList">) {
  return (
    <Part fallback={<ListSkeleton />}>
      <Prefetched {...props} isList />
    </Part>
  );
}

function ListSkeleton() {
  return (
    <>
      <Skeleton className="mt-1 mb-6 h-5 w-56" />
      <SkeletonRows rows={8} />
    </>
  );
}

/** One query parameter; the first when it was given twice, undefined when it is empty. */
export function textOf(value: string | string[] | undefined): string | undefined {
  return (Array.isArray(value) ? value[0] : value) || undefined;
}
