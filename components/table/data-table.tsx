"use client";

import { parseAsString, useQueryState } from "nuqs";
import { lazy, type MouseEvent, type ReactNode } from "react";
import { LoadMore, type More } from "#components/ui/load-more.tsx";
import { Part } from "#components/ui/part.tsx";
import type { Column } from "./column.ts";
import { DataRow } from "./data-row.tsx";
import { SortHead } from "./sort-head.tsx";
import { nextSort, parseSort, printSort, sortRows } from "./sorting.ts";
import { HeadCell, Table } from "./table.tsx";
import type { VirtualRows as VirtualRowsType } from "./virtual-rows.tsx";

const VirtualRows = lazy(() =>
  import("./virtual-rows.tsx").then((module) => ({ default: module.VirtualRows })),
) as typeof VirtualRowsType;

/** Above this many rows only those near the window are in the page. */
const virtualAbove = 100;

type DataTableProps<Row> = {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** What stands here when there are no rows. */
  empty: ReactNode;
  /** There is more behind the last row: how to get it. */
  more?: More;
  /** Name of the sort order in the URL, where a page has several tables. */
  sortKey?: string;
};

/** A list of things: rows of 36 px that stack on a narrow screen, ordered by the URL, the next page on demand. */
export function DataTable<Row>({ caption, columns, rows, rowId, empty, more, sortKey = "sort" }: DataTableProps<Row>) {
  const [sortText, setSortText] = useQueryState(sortKey, parseAsString);
  const sort = parseSort(sortText);
  if (rows.length === 0) return empty;
  const ordered = sortRows(rows, columns, sort);
  const plain = (shown: readonly Row[]) => (
    <tbody className="max-sm:block">
      {shown.map((row) => (
        <DataRow key={rowId(row)} columns={columns} row={row} />
      ))}
    </tbody>
  );
  return (
    <>
      <Table caption={caption} className="max-sm:block" onClick={followRow}>
        <colgroup>
          {columns.map((column) => (
            <col key={column.id} style={column.width ? { width: column.width } : undefined} />
          ))}
        </colgroup>
        <thead className="max-sm:sr-only">
          <tr>
            {columns.map((column) =>
              column.sortBy ? (
                <SortHead
                  key={column.id}
                  column={column}
                  sort={sort}
                  onSort={() => void setSortText(printSort(nextSort(sort, column.id)))}
                />
              ) : (
                <HeadCell key={column.id} align={column.align}>
                  {column.header}
                </HeadCell>
              ),
            )}
          </tr>
        </thead>
        {ordered.length > virtualAbove ? (
          <Part fallback={plain(ordered.slice(0, virtualAbove))}>
            <VirtualRows columns={columns} rows={ordered} rowId={rowId} />
          </Part>
        ) : (
          plain(ordered)
        )}
      </Table>
      <LoadMore more={more} />
    </>
  );
}

/** A press on a row follows its link, unless it was on something of its own or selected text. */
function followRow(event: MouseEvent<HTMLElement>): void {
  const target = event.target as Element;
  if (target.closest("a,button,input,select,label,summary") || getSelection()?.toString()) return;
  target.closest("[data-row]")?.querySelector<HTMLElement>("[data-row-link]")?.click();
}
