import { invalidParameter } from "./errors.ts";

const LARGEST_PAGE = 50;

type Page = { nextToken?: string | undefined; limit?: number | undefined };

/** One page of a Describe call: 50 unless the call asks for fewer. Tokens are positions. */
export function pageOf<T>(items: T[], { nextToken: token, limit: size = LARGEST_PAGE }: Page) {
  const position = token === undefined ? "0" : Buffer.from(token, "base64url").toString();
  if (!/^\d{1,9}$/.test(position)) throw invalidParameter("The specified nextToken is invalid.");
  if (!Number.isInteger(size) || size < 1 || size > LARGEST_PAGE) {
    throw invalidParameter(
      `1 validation error detected: Value '${size}' at 'limit' failed to satisfy constraint: Member must have value less than or equal to ${LARGEST_PAGE}`,
    );
  }
  const start = Number(position);
  const end = start + size;
  return {
    items: items.slice(start, end),
    ...(end < items.length ? { nextToken: Buffer.from(String(end)).toString("base64url") } : {}),
  };
}
