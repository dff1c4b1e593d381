import { AwsError } from "../../contract.ts";
import { pageOf } from "../page.ts";
import { invalid } from "./errors.ts";

type Page = { MaxResults?: number | undefined; NextToken?: string | undefined };

/** One page of a list, of `largest` unless the call asks for fewer. */
export function page<T>(items: T[], { MaxResults: size, NextToken: token }: Page, largest: number) {
  const refuseToken = (message: string) => new AwsError("InvalidNextToken", message);
  return pageOf(items, { token, size, largest, refuse: invalid, refuseToken });
}
