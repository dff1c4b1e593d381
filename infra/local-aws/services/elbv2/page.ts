import { AwsError } from "../../contract.ts";

const LARGEST_PAGE = 400;

/** One page of a Describe call; the marker is the position in the list. */
export function pageOf<T>(items: T[], input: { Marker?: string | undefined; PageSize?: number | undefined }) {
  const position = input.Marker === undefined ? "0" : Buffer.from(input.Marker, "base64url").toString();
  const size = input.PageSize ?? LARGEST_PAGE;
  if (!/^\d{1,9}$/.test(position)) throw new AwsError("ValidationError", "Invalid marker");
  if (!Number.isInteger(size) || size < 1 || size > LARGEST_PAGE) {
    throw new AwsError("ValidationError", `Page size must be between 1 and ${LARGEST_PAGE}`);
  }
  const start = Number(position);
  const end = start + size;
  return {
    items: items.slice(start, end),
    ...(end < items.length ? { NextMarker: Buffer.from(String(end)).toString("base64url") } : {}),
  };
}
