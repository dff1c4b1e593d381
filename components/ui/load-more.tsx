import { Button } from "./button.tsx";

/** The next page of a list, when there is one. */
export type More = { load: () => void; isLoading: boolean } | undefined;

type Pages = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };

/** What stands behind "Load more" for a query that comes in pages. */
export function moreOf(pages: Pages): More {
  return pages.hasNextPage
    ? { load: () => void pages.fetchNextPage(), isLoading: pages.isFetchingNextPage }
    : undefined;
}

/** Below a list that comes in pages: asks for the next one; absent when there is none. */
export function LoadMore({ more }: { more: More }) {
  if (!more) return null;
  return (
    <div className="flex justify-center py-3">
      <Button size="small" onClick={more.load} isBusy={more.isLoading}>
        Load more
      </Button>
    </div>
  );
}
