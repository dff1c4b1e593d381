import { cutPage, positionOf } from "../page.ts";
import { invalid } from "./errors.ts";

const LARGEST_PAGE = 100;

type Page = { maxResults?: number | undefined; nextToken?: string | undefined };

/** One page of a list: `standard` items unless the call asks for fewer or more, at most 100. */
export function pageOf<T>(
  items: T[],
  { maxResults, nextToken }: Page,
  { standard }: { standard: number },
): { items: T[]; nextToken?: string } {
  const size = maxResults ?? standard;
  if (size < 1 || size > LARGEST_PAGE) throw invalid(`maxResults must be between 1 and ${LARGEST_PAGE}`);
  const start = positionOf(nextToken, () => invalid("Invalid token."));
  const { items: page, next } = cutPage(items, start, size);
  return { items: page, ...(next !== undefined && { nextToken: next }) };
}
