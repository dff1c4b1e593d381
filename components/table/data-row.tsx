import clsx from "clsx";
import type { ComponentProps } from "react";
import type { Column } from "./column.ts";
import { Cell } from "./table.tsx";

type DataRowProps<Row> = ComponentProps<"tr"> & { columns: readonly Column<Row>[]; row: Row; "data-index"?: number };

/** One row of 36 px; on a narrow screen its cells flow, the first one on a line of its own. */
export function DataRow<Row>({ columns, row, ...rest }: DataRowProps<Row>) {
  return (
    <tr
      {...rest}
      data-row
      className={clsx(
        "hover:bg-hover focus-within:bg-hover has-[[data-row-link]]:cursor-pointer",
        "max-sm:flex max-sm:flex-wrap max-sm:items-center max-sm:gap-x-3 max-sm:gap-y-1 max-sm:border-b max-sm:py-2.5",
      )}
    >
      {columns.map((column, index) => (
        <Cell
          key={column.id}
          align={column.align}
          className={clsx(
            "max-sm:h-auto max-sm:border-0 max-sm:p-0",
            index === 0 && "max-sm:basis-full max-sm:text-body",
          )}
        >
          {column.narrowLabel ? <span className="text-muted sm:hidden">{column.narrowLabel} </span> : null}
          {column.cell(row)}
        </Cell>
      ))}
    </tr>
  );
}
