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

  constructor(body: Body) {
    super(body.code, { status: body.status, message: body.detail, data: body });
    this.name = "ApiProblem";
    this.detail = body.detail;
    this.requestId = body.requestId;
    this.fields = body.fields ?? {};
  }
}

/** Reads whatever an error answer carried; a proxy in between may have sent a page of its own. */
export function problemFromAnswer(body: unknown, status: number): ApiProblem {
  if (typeof body === "object" && body !== null && "code" in body && "detail" in body) return new ApiProblem(body as Body);
  const code = status >= 500 ? "internal" : "invalid";
  return new ApiProblem({ code, status, detail: `The portal answered with status ${status}.` });
}
