import { invalidParameter } from "./errors.ts";

const LARGEST_PAGE = 10_000;

/** How many events a call wants at most: 1 to 10,000, which is also what it gets without saying. */
export function eventLimit(limit = LARGEST_PAGE): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= LARGEST_PAGE) return limit;
  throw invalidParameter(
    `1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value less than or equal to ${LARGEST_PAGE}`,
  );
}
