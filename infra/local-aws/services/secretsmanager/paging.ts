import { AwsError } from "../../contract.ts";
import { pageOf } from "../page.ts";
import { invalidParameter } from "./errors.ts";

const LARGEST_PAGE = 100;

type Page = { MaxResults?: number | undefined; NextToken?: string | undefined };

/** One page of a list, of 100 unless the call asks for fewer. */
export function page<T>(items: T[], { MaxResults: size, NextToken: token }: Page) {
  const refuseToken = (message: string) => new AwsError("InvalidNextTokenException", message);
  return pageOf(items, { token, size, largest: LARGEST_PAGE, refuse: invalidParameter, refuseToken });
}
