"use client";

import clsx from "clsx";
import { ArrowDown, ArrowUp } from "lucide-react";
import type { Column } from "./column.ts";
import type { Sort } from "./sorting.ts";
import { HeadCell } from "./table.tsx";

type SortHeadProps<Row> = { column: Column<Row>; sort: Sort | undefined; onSort: () => void };

/** A heading that orders the rows. */
export function SortHead<Row>({ column, sort, onSort }: SortHeadProps<Row>) {
  const isSorted = sort?.column === column.id;
  const Arrow = sort?.isDescending ? ArrowDown : ArrowUp;
  return (
    <HeadCell align={column.align} aria-sort={isSorted ? (sort.isDescending ? "descending" : "ascending") : "none"}>
      <button
        type="button"
        onClick={onSort}
        className={clsx(
          "group inline-flex items-center gap-1 hover:text-ink",
          // The arrow's place stands before the word, so that the word ends where the figures end.
          column.align === "right" && "flex-row-reverse",
        )}
      >
        {column.header}
        <Arrow
          aria-hidden
          className={clsx(
            "size-3",
            isSorted ? "text-ink" : "opacity-0 group-hover:opacity-60 group-focus-visible:opacity-60",
          )}
        />
      </button>
    </HeadCell>
  );
}
