import type { AwsError } from "../contract.ts";

/** Tokens are positions, and mean nothing to the caller; the list behind one may have changed since, as on AWS. */
export const tokenAt = (position: number): string => Buffer.from(String(position)).toString("base64url");

/** Where the page of a token begins; throws `refuse()` when the token is not one of ours. */
export function positionOf(token: string | undefined, refuse: () => AwsError): number {
  if (token === undefined) return 0;
  const position = Buffer.from(token, "base64url").toString();
  if (!/^\d{1,9}$/.test(position)) throw refuse();
  return Number(position);
}

/** So many items from a position on; `next` is the token of the page behind them. */
export function cutPage<T>(items: T[], start: number, size: number): { items: T[]; next: string | undefined } {
  const end = start + size;
  return { items: items.slice(start, end), next: end < items.length ? tokenAt(end) : undefined };
}

type Asked = {
  token: string | undefined;
  size: number | undefined;
  largest: number;
  refuse: (message: string) => AwsError;
  /** Where a token that is not one of ours has an error of its own. */
  refuseToken?: (message: string) => AwsError;
};

/** One page of a list whose size is called `maxResults`. */
export function pageOf<T>(items: T[], { token, size, largest, refuse, refuseToken = refuse }: Asked) {
  const start = positionOf(token, () => refuseToken("The specified token is invalid."));
  const length = size ?? largest;
  if (!Number.isInteger(length) || length < 1 || length > largest) {
    const bound = length > largest ? `less than or equal to ${largest}` : "greater than or equal to 1";
    throw refuse(
      `1 validation error detected: Value '${length}' at 'maxResults' failed to satisfy constraint: Member must have value ${bound}`,
    );
  }
  return cutPage(items, start, length);
}
