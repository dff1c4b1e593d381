import type { Column } from "./column.ts";

export type Sort = { column: string; isDescending: boolean };

/** Ascending, then descending, then the order in which the rows came. */
export function nextSort(sort: Sort | undefined, column: string): Sort | undefined {
  if (sort?.column !== column) return { column, isDescending: false };
  return sort.isDescending ? undefined : { column, isDescending: true };
}

/** "name" or "-name", as the URL has it. */
export function parseSort(text: string | null): Sort | undefined {
  if (!text) return undefined;
  return text.startsWith("-") ? { column: text.slice(1), isDescending: true } : { column: text, isDescending: false };
}

export function printSort(sort: Sort | undefined): string | null {
  return sort ? `${sort.isDescending ? "-" : ""}${sort.column}` : null;
}

/** The rows in the order asked for; as they came when no column of that name can be ordered by. Ties stay put. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sort: Sort | undefined,
): readonly Row[] {
  const by = sort ? columns.find((column) => column.id === sort.column)?.sortBy : undefined;
  if (!by) return rows;
  const sign = sort?.isDescending ? -1 : 1;
  return rows.toSorted((left, right) => sign * compare(by(left), by(right)));
}

function compare(left: string | number, right: string | number): number {
  return typeof left === "number" && typeof right === "number"
    ? left - right
    : String(left).localeCompare(String(right), "en", { numeric: true });
}
