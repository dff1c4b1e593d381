import { invalidValue } from "./errors.ts";

/** Tokens are positions; the list behind one may have changed since, as on AWS. */
export function positionOf(token: string | undefined): number {
  if (token === undefined) return 0;
  const position = Buffer.from(token, "base64url").toString();
  if (!/^\d{1,9}$/.test(position)) throw invalidValue("The parameter NextToken is invalid.");
  return Number(position);
}

export function nextToken(position: number, total: number): { NextToken?: string } {
  return position < total ? { NextToken: Buffer.from(String(position)).toString("base64url") } : {};
}
