import { ORPCError } from "@orpc/client";

type Body = {
  code: string;
  status: number;
  detail: string;
  title?: string;
  requestId?: string;
  fields?: Record<string, string>;
  [detail: string]: unknown;
};

/** An error answer of the API as an error: RFC 9457 problem details, with what else the operation said in `data`. */
export class ApiProblem extends ORPCError<string, Body> {
  readonly detail: string;
  readonly requestId: string | undefined;
  /** What is wrong with the input, by path. */
  readonly fields: Record<string, string>;
  /** Seconds after which to try again, where the answer said so. */
  readonly retryAfter: number | undefined;

  constructor(body: Body, retryAfter?: number) {
    super(body.code, { status: body.status, message: body.detail, data: body });
    this.name = "ApiProblem";
    this.detail = body.detail;
    this.requestId = body.requestId;
    this.fields = body.fields ?? {};
    this.retryAfter = retryAfter;
  }
}

/** Seconds of a `Retry-After` header; proxies may send a date, which is not worth the code. */
export function retryAfterSeconds(header: string | null | undefined): number | undefined {
  return header && /^\d{1,6}$/.test(header) ? Number(header) : undefined;
}

/** Reads whatever an error answer carried; a proxy in between may have sent a page of its own. */
export function problemFromAnswer(body: unknown, status: number, retryAfter?: string | null): ApiProblem {
  const seconds = retryAfterSeconds(retryAfter);
  if (typeof body === "object" && body !== null && "code" in body && "detail" in body)
    return new ApiProblem(body as Body, seconds);
  const code = status >= 500 ? "internal" : "invalid";
  return new ApiProblem({ code, status, detail: `The portal answered with status ${status}.` }, seconds);
}
