import { z } from "zod";
import { text } from "./text.ts";

/** Fields of a list's input: where the page begins, and how long it may be. */
export function pageInput({ most, usual }: { most: number; usual: number }) {
  return {
    cursor: text(80).optional(),
    limit: z.coerce.number().int().min(1).max(most).default(usual),
  };
}

/** Output of a list: one page, and the cursor of the one after it, which is null at the end. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

/** The page out of rows that were read with `take: limit + 1`: the one too many says that there is a next page. */
export function cutPage<Row extends { id: string }>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => string = ({ id }) => id,
): { rows: Row[]; next: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, next: rows.length > limit && last ? cursorOf(last) : null };
}
