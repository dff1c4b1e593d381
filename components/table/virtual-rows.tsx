"use client";

import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef, useState } from "react";
import type { Column } from "./column.ts";
import { DataRow } from "./data-row.tsx";

type VirtualRowsProps<Row> = { columns: readonly Column<Row>[]; rows: readonly Row[]; rowId: (row: Row) => string };

const rowHeight = 36;

/**
 * Rows of a long table: those near the window, between two spacers that keep the page's height. The page
 * scrolls, not a box in it, and the table keeps its semantics and column widths.
 */
export function VirtualRows<Row>({ columns, rows, rowId }: VirtualRowsProps<Row>) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    if (body.current) setTop(body.current.getBoundingClientRect().top + scrollY);
  }, []);
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollMargin: top,
    // The server does not know the window: it sends the first screens.
    initialRect: { width: 0, height: 1200 },
  });
  const shown = virtualizer.getVirtualItems();
  const before = (shown[0]?.start ?? top) - top;
  const after = virtualizer.getTotalSize() - ((shown.at(-1)?.end ?? top) - top);
  return (
    <tbody ref={body} className="max-sm:block">
      <Spacer height={before} />
      {shown.map((item) => {
        const row = rows[item.index];
        return row === undefined ? null : (
          <DataRow
            key={rowId(row)}
            ref={virtualizer.measureElement}
            data-index={item.index}
            columns={columns}
            row={row}
          />
        );
      })}
      <Spacer height={after} />
    </tbody>
  );
}

function Spacer({ height }: { height: number }) {
  return height > 0 ? <tr aria-hidden style={{ height }} className="max-sm:block" /> : null;
}
