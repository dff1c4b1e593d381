import type { ReactNode } from "react";

export type Column<Row> = {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** CSS width; columns without one share what is left. */
  width?: string;
  align?: "left" | "right";
  /** What to order by when the heading is pressed. Only for lists that are here whole. */
  sortBy?: (row: Row) => string | number;
  /** A word before the value where rows stack on a narrow screen and no heading says what it is. */
  narrowLabel?: string;
};
