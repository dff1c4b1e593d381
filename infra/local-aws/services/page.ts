import type { AwsError } from "../contract.ts";

type Asked = {
  token: string | undefined;
  size: number | undefined;
  largest: number;
  refuse: (message: string) => AwsError;
  /** Where a token that is not one of ours has an error of its own. */
  refuseToken?: (message: string) => AwsError;
};

/** One page of a list; tokens are positions. */
export function pageOf<T>(
  items: T[],
  { token, size, largest, refuse, refuseToken = refuse }: Asked,
): { items: T[]; next: string | undefined } {
  const position = token === undefined ? "0" : Buffer.from(token, "base64url").toString();
  if (!/^\d{1,9}$/.test(position)) throw refuseToken("The specified token is invalid.");
  const length = size ?? largest;
  if (!Number.isInteger(length) || length < 1 || length > largest) {
    const bound = length > largest ? `less than or equal to ${largest}` : "greater than or equal to 1";
    throw refuse(
      `1 validation error detected: Value '${length}' at 'maxResults' failed to satisfy constraint: Member must have value ${bound}`,
    );
  }
  const start = Number(position);
  const end = start + length;
  return {
    items: items.slice(start, end),
    next: end < items.length ? Buffer.from(String(end)).toString("base64url") : undefined,
  };
}
