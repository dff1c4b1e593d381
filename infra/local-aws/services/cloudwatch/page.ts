import type { AwsError } from "../../contract.ts";
import { invalidNextToken, invalidValue } from "./errors.ts";

const LARGEST_PAGE = 100;

/** Tokens are positions; the list behind one may have changed since, as on AWS. */
export function positionOf(token: string | undefined, refuse: () => AwsError = invalidNextToken): number {
  if (token === undefined) return 0;
  const position = Buffer.from(token, "base64url").toString();
  if (!/^\d{1,9}$/.test(position)) throw refuse();
  return Number(position);
}

export function nextToken(position: number, total: number): { NextToken?: string } {
  return position < total ? { NextToken: Buffer.from(String(position)).toString("base64url") } : {};
}

type Page = { MaxRecords?: number | undefined; NextToken?: string | undefined };

/** One page of alarms or of their history: 100 unless the call asks for fewer. */
export function pageOf<T>(items: T[], { MaxRecords: size = LARGEST_PAGE, NextToken: token }: Page) {
  if (!Number.isInteger(size) || size < 1 || size > LARGEST_PAGE) {
    throw invalidValue(
      `The value ${size} for parameter MaxRecords is invalid. It must be between 1 and ${LARGEST_PAGE}.`,
    );
  }
  const start = positionOf(token);
  return { items: items.slice(start, start + size), ...nextToken(start + size, items.length) };
}
