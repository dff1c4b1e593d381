import { invalid } from "./errors.ts";

type Page = { maxResults?: number | undefined; nextToken?: string | undefined };

/** One page of a list. A token holds where the next page begins, and means nothing to the caller. */
export function pageOf<T>(
  items: T[],
  { maxResults, nextToken }: Page,
  { standard, most = 100 }: { standard: number; most?: number },
): { items: T[]; nextToken?: string } {
  const size = maxResults ?? standard;
  if (size < 1 || size > most) throw invalid(`maxResults must be between 1 and ${most}`);
  const start = nextToken === undefined ? 0 : decode(nextToken);
  const end = start + size;
  return {
    items: items.slice(start, end),
    ...(end < items.length && { nextToken: Buffer.from(`after:${end}`).toString("base64") }),
  };
}

function decode(token: string): number {
  const [, position] = /^after:(\d+)$/.exec(Buffer.from(token, "base64").toString()) ?? [];
  if (position === undefined) throw invalid("Invalid token.");
  return Number(position);
}
