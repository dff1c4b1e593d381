import { pageOf } from "../page.ts";
import { invalidParameter } from "./errors.ts";

const LARGEST_PAGE = 1000;
const DEFAULT_PAGE = 100;

type Page = { maxResults?: number | undefined; nextToken?: string | undefined };

/** Pages are for lists: a call that names what it wants cannot have them. */
export function refusePaging({ maxResults, nextToken }: Page, names: string): void {
  if (maxResults !== undefined || nextToken !== undefined)
    throw invalidParameter(`maxResults and nextToken cannot be used together with ${names}`);
}

/** One page of a list: 100 unless `maxResults` says otherwise, at most 1,000. */
export function page<T>(items: T[], { maxResults = DEFAULT_PAGE, nextToken }: Page) {
  return pageOf(items, { token: nextToken, size: maxResults, largest: LARGEST_PAGE, refuse: invalidParameter });
}
