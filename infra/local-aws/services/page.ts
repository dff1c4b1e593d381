import type { AwsError } from "../contract.ts";

type Asked = {
  token: string | undefined;
  size: number | undefined;
  largest: number;
  refuse: (message: string) => AwsError;
};

/** One page of a list; tokens are positions. */
export function pageOf<T>(
  items: T[],
  { token, size, largest, refuse }: Asked,
): { items: T[]; next: string | undefined } {
  const position = token === undefined ? "0" : Buffer.from(token, "base64url").toString();
  if (!/^\d{1,9}$/.test(position)) throw refuse("The specified token is invalid.");
  const length = size ?? largest;
  if (!Number.isInteger(length) || length < 1 || length > largest) {
    throw refuse(
      `1 validation error detected: Value '${length}' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to ${largest}`,
    );
  }
  const start = Number(position);
  const end = start + length;
  return {
    items: items.slice(start, end),
    next: end < items.length ? Buffer.from(String(end)).toString("base64url") : undefined,
  };
}
