import { cutPage, positionOf } from "../page.ts";
import { invalidParameter } from "./errors.ts";

const LARGEST_PAGE = 50;

type Page = { nextToken?: string | undefined; limit?: number | undefined };

/** One page of a Describe call: 50 unless the call asks for fewer. */
export function pageOf<T>(items: T[], { nextToken: token, limit: size = LARGEST_PAGE }: Page) {
  const start = positionOf(token, () => invalidParameter("The specified nextToken is invalid."));
  if (!Number.isInteger(size) || size < 1 || size > LARGEST_PAGE) {
    throw invalidParameter(
      `1 validation error detected: Value '${size}' at 'limit' failed to satisfy constraint: Member must have value less than or equal to ${LARGEST_PAGE}`,
    );
  }
  const { items: page, next } = cutPage(items, start, size);
  return { items: page, ...(next === undefined ? {} : { nextToken: next }) };
}
