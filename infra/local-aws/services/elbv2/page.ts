import { cutPage, positionOf } from "../page.ts";
import { invalid } from "./validate.ts";

const LARGEST_PAGE = 400;

/** One page of a Describe call: 400 unless the call asks for fewer. */
export function pageOf<T>(items: T[], input: { Marker?: string | undefined; PageSize?: number | undefined }) {
  const size = input.PageSize ?? LARGEST_PAGE;
  const start = positionOf(input.Marker, () => invalid("Invalid marker"));
  if (!Number.isInteger(size) || size < 1 || size > LARGEST_PAGE) {
    throw invalid(`Page size must be between 1 and ${LARGEST_PAGE}`);
  }
  const { items: page, next } = cutPage(items, start, size);
  return { items: page, ...(next === undefined ? {} : { NextMarker: next }) };
}
