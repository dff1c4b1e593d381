import { cutPage, positionOf, tokenAt } from "../page.ts";
import { invalidNextToken, invalidValue } from "./errors.ts";

const LARGEST_PAGE = 100;

/** The token of what comes after a position, when anything does. */
export function nextToken(position: number, total: number): { NextToken?: string } {
  return position < total ? { NextToken: tokenAt(position) } : {};
}

type Page = { MaxRecords?: number | undefined; NextToken?: string | undefined };

/** One page of alarms or of their history: 100 unless the call asks for fewer. */
export function pageOf<T>(items: T[], { MaxRecords: size = LARGEST_PAGE, NextToken: token }: Page) {
  if (!Number.isInteger(size) || size < 1 || size > LARGEST_PAGE) {
    throw invalidValue(
      `The value ${size} for parameter MaxRecords is invalid. It must be between 1 and ${LARGEST_PAGE}.`,
    );
  }
  const { items: page, next } = cutPage(items, positionOf(token, invalidNextToken), size);
  return { items: page, ...(next === undefined ? {} : { NextToken: next }) };
}
